package io.reverie.core.network.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.network.graph.evaluation.ReceptiveFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures receptive fields by a NaN pixel, which spreads to all cells that see it. */
class ReachTest {

  /** In pixels; wide enough to keep the measured fields away from the border. */
  private static final int SIDE = 192;

  private static final int WIDEST_FIELD = 120;

  @BeforeAll
  static void setThreads() {
    Torch.useOneThread();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embedded",
        "squeezenet1_0",
        "squeezenet1_1",
        "googlenet",
        "resnet18",
        "resnet50",
        "inception_v3"
      })
  void aNanPixelSpoilsTheCellsOfItsReceptiveField(String name) {
    try (Network network = TestNetworks.filled(name, DataType.FLOAT32)) {
      Set<String> layers =
          network.layers(new Size(SIDE, SIDE)).stream()
              .map(Layer::name)
              .filter(layer -> isNarrow(network, layer))
              .collect(Collectors.toSet());
      assertThat(layers).hasSizeGreaterThan(8);
      Map<String, List<Integer>> before = spoiledRows(network, layers, SIDE / 2);
      for (int stride : List.of(1, 2, 4, 8, 16)) {
        Map<String, List<Integer>> after = spoiledRows(network, layers, SIDE / 2 + stride);
        layers.stream()
            .filter(layer -> network.reach(layer).orElseThrow().stride() == stride)
            .forEach(
                layer -> {
                  Reach reach = network.reach(layer).orElseThrow();
                  List<Integer> rows = before.get(layer);
                  assertThat(rows)
                      .as("%s, %s", layer, reach)
                      .hasSizeBetween(reach.field() / stride, (reach.field() - 1) / stride + 1);
                  assertThat(rows.get(rows.size() - 1) - rows.get(0)).isEqualTo(rows.size() - 1);
                  assertThat(after.get(layer).get(0)).as(layer).isEqualTo(rows.get(0) + 1);
                });
      }
    }
  }

  private static boolean isNarrow(Network network, String layer) {
    return network.reach(layer).filter(reach -> reach.field() <= WIDEST_FIELD).isPresent();
  }

  /** Receptive fields published by Araujo et al. 2019, and those of the embedded README. */
  @ParameterizedTest
  @CsvSource({
    "embedded, conv4.3, 8, 85",
    "embedded, conv5.2, 16, 165",
    "alexnet, features.12, 32, 195",
    "vgg16, features.30, 32, 212",
    "resnet18, layer4, 32, 435",
    "inception_v3, Mixed_7c, 32, 1311"
  })
  void receptiveFieldsEqualThePublishedOnes(String name, String layer, int stride, int field) {
    assertThat(reaches(name).get(layer)).contains(new Reach(stride, field));
  }

  @Test
  void layersThatSeeTheWholeImageHaveNoReach() {
    assertThat(reaches("embedded").get("head")).isEmpty();
    assertThat(reaches("googlenet").get("avgpool")).isEmpty();
    assertThat(reaches("googlenet").get("fc")).isEmpty();
    assertThat(reaches("squeezenet1_0").get("classifier.2")).isPresent();
    assertThat(reaches("squeezenet1_0").get("classifier.3")).isEmpty();
    assertThat(reaches("squeezenet1_0").get("classifier")).isEmpty();
  }

  private static Map<String, Optional<Reach>> reaches(String name) {
    return ReceptiveFields.of(Networks.descriptor(name).body().orElseThrow());
  }

  /** Returns the rows of each layer that contain NaN if one pixel of a row is NaN. */
  private static Map<String, List<Integer>> spoiledRows(
      Network network, Set<String> layers, int row) {
    float[] rgb = new float[SIDE * SIDE * 3];
    rgb[(row * SIDE + SIDE / 2) * 3] = Float.NaN;
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray image = scope.create(rgb, new Shape(1, SIDE, SIDE, 3));
      return Torch.withoutGradient(() -> network.activations(image, layers)).entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> spoiledRows(e.getValue())));
    }
  }

  private static List<Integer> spoiledRows(NDArray maps) {
    int height = (int) maps.getShape().get(2);
    NDArray rows = maps.isNaN().toType(DataType.FLOAT64, false).sum(new int[] {0, 1, 3});
    double[] counts = rows.toDoubleArray();
    return IntStream.range(0, height).filter(i -> counts[i] > 0).boxed().toList();
  }
}
