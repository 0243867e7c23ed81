package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.jobs.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileRuleTest {

  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({"0.5, 512", "2.9, 512", "3, 1024", "11, 1024", "24, 2048", "80, 2048"})
  void autoIsASideThatFitsTheMemoryOfATask(double gib, int side) {
    PipelineSpec spec = tiled((long) (gib * GIB));
    assertThat(spec.tiling()).isEqualTo(new Tiling(side, OptionalInt.empty()));
    assertThat(spec.tile().text()).isEqualTo(Integer.toString(side));
  }

  @Test
  void onlyAutoIsReplaced() {
    PipelineSpec spec = tiled(4 * GIB);
    assertThat(spec).usingRecursiveComparison().isEqualTo(load("tile=1024").spec());
    assertThat(tiled(4 * GIB, "tile=none").tiling()).isEqualTo(Tiling.NONE);
    assertThat(tiled(4 * GIB, "tile=640", "halo=48").tiling())
        .isEqualTo(new Tiling(640, OptionalInt.of(48)));
    String everything =
        "layers=[{layer: conv3.1, channels: strongest 3}, {objective: class, class: {3: 1.5}}]";
    assertThat(tiled(4 * GIB, everything))
        .usingRecursiveComparison()
        .isEqualTo(load(everything, "tile=1024").spec());
  }

  @Test
  void autoIsNoneWhereTheImageIsTurned() {
    assertThat(tiled(4 * GIB, "robustness.rotate=5").tiling()).isEqualTo(Tiling.NONE);
    assertThat(tiled(4 * GIB, "robustness.scale=0.1").tiling()).isEqualTo(Tiling.NONE);
    String later = "=[{time: 0, value: 0}, {time: 4, value: 0.1}]";
    assertThat(tiled(4 * GIB, "robustness.scale" + later).tiling()).isEqualTo(Tiling.NONE);
    assertThat(tiled(4 * GIB, "robustness.rotate" + later).tiling()).isEqualTo(Tiling.NONE);
  }

  @Test
  void autoIsNoneWhereTheReceptiveFieldIsUnknown() {
    String script =
        """
        name: a script
        title: of somebody
        architecture: torchscript
        layer: first
        minimumSide: 9
        preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
        """;
    NetworkDescriptor blind = Networks.parse(script, "script.yaml");
    NetworkDescriptor seeing = Networks.parse(script + "stride: 2\nfield: 7\n", "script.yaml");
    assertThat(load().spec().withTile(4 * GIB, blind).tiling()).isEqualTo(Tiling.NONE);
    assertThat(load().spec().withTile(4 * GIB, seeing).tiling()).isNotEqualTo(Tiling.NONE);
    PipelineSpec classes = load("layers=[{objective: class, class: 3}]").spec();
    assertThat(classes.withTile(4 * GIB, seeing).tiling()).isEqualTo(Tiling.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tile=big", "tile=12", "tile=-1", "halo=wide", "halo=-3"})
  void anythingElseIsRefused(String assignment) {
    assertThatThrownBy(() -> load(assignment))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(assignment.substring(0, 4));
  }

  private static PipelineSpec tiled(long bytes, String... assignments) {
    SpecLoader.Loaded loaded = load(assignments);
    return loaded.spec().withTile(bytes, loaded.network());
  }

  private static SpecLoader.Loaded load(String... assignments) {
    return SpecLoader.load(Optional.empty(), List.copyOf(Arrays.asList(assignments)));
  }
}
