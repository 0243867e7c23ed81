package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BVLC GoogLeNet with and without its auxiliary classifiers. */
class AuxiliaryClassifiersTest {

  private static final NetworkDescriptor GOOGLENET = Networks.descriptor("bvlc_googlenet");
  private static final StateDict WEIGHTS = TestNetworks.weights(GOOGLENET.body().orElseThrow(), 1);
  private static final Size SIZE = new Size(224, 224);

  @Test
  void layersOfAuxiliaryClassifiersAreThoseOfTheFile() {
    assertThat(WeightsMatch.of(GOOGLENET, WEIGHTS).lacking()).isEmpty();
    WeightsMatch match = WeightsMatch.of(GOOGLENET, without(name -> name.startsWith("loss1/")));
    assertThat(match.lacking()).containsExactly("loss1/classifier");
    assertThat(match.cut()).isEmpty();
    NetworkDescriptor adapted = GOOGLENET.adapted(facts(match));
    assertThat(names(adapted))
        .contains("loss2/classifier", "loss3/classifier")
        .noneMatch(name -> name.startsWith("loss1/"));
    assertThat(adapted.classes()).isEqualTo(GOOGLENET.classes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss1/conv.bias", "loss1/fc.weight", "loss1/classifier.weight"})
  void anIncompleteOneIsLeftOut(String missing) {
    assertThat(WeightsMatch.of(GOOGLENET, without(missing::equals)).lacking())
        .containsExactly("loss1/classifier");
  }

  @Test
  void aHoleInTheNetworkIsStillAnError() {
    assertThatThrownBy(
            () ->
                WeightsMatch.of(
                    GOOGLENET,
                    without(name -> name.startsWith("loss") || name.startsWith("inception_4e/"))))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("they lack the tensors inception_4e/1x1.weight, ");
  }

  /** As pytorch-old-caffemodels converted BVLC's. */
  @Test
  void theyMayBeAllTheClassifiersThereAre() {
    WeightsMatch match = WeightsMatch.of(GOOGLENET, without(name -> name.startsWith("loss3/")));
    assertThat(match.cut()).isEqualTo("loss3/classifier");
    assertThat(match.lacking()).isEmpty();
    NetworkDescriptor adapted = GOOGLENET.adapted(facts(match));
    assertThat(names(adapted)).contains("loss1/classifier", "loss2/classifier");
    assertThat(adapted.classes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"loss, 0", "loss3, 2"})
  void theyHaveTheClassesOfTheNetworkOrAreLeftOut(String changed, int lacking) {
    WeightsMatch match = WeightsMatch.of(GOOGLENET, withOutputs(changed, 7));
    assertThat(match.outputs()).isEqualTo(7);
    assertThat(match.lacking()).hasSize(lacking);
    NetworkDescriptor adapted = GOOGLENET.adapted(facts(match));
    assertThat(adapted.layers(SIZE))
        .filteredOn(layer -> layer.name().endsWith("/classifier"))
        .hasSize(3 - lacking)
        .extracting(Layer::channels)
        .containsOnly(7L);
  }

  @Test
  void classesAreFoundAtThemByName() {
    assertThat(GOOGLENET.classesAt("loss2/classifier").layer()).isEqualTo("loss2/classifier");
    assertThat(GOOGLENET.classesAt("loss2/classifier").id("goldfish")).isEqualTo(1);
    assertThat(GOOGLENET.classesAt("loss3/classifier"))
        .isEqualTo(GOOGLENET.classes().orElseThrow());
  }

  @Test
  void otherLayersHaveNoClasses() {
    assertThatThrownBy(() -> GOOGLENET.classesAt("inception_4c/output"))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "the layer of classes of network bvlc_googlenet is loss3/classifier or loss1/classifier or loss2/classifier, not inception_4c/output; leave the layer out, or use another objective");
  }

  @Test
  void tilesAreForLayersThatDoNotDependOnTheWholeImage() {
    assertThat(GOOGLENET.hasTiles(List.of("loss1/conv", "inception_4c/output"), true)).isTrue();
    assertThat(GOOGLENET.hasTiles(List.of("loss1/classifier"), true)).isFalse();
    assertThat(GOOGLENET.hasTiles(List.of("loss2/fc"), false)).isFalse();
  }

  @Test
  void anImageTooSmallForOneSufficesForTheRest() {
    // 2x2 cells of inception_4a are fewer than half of a window of 5x5.
    assertThat(GOOGLENET.layers(new Size(32, 32)))
        .extracting(Layer::name)
        .contains("inception_4c/output", "loss3/classifier")
        .doesNotContain("loss1/conv", "loss1/classifier");
  }

  private static List<String> names(NetworkDescriptor network) {
    return network.layers(SIZE).stream().map(Layer::name).toList();
  }

  private static WeightsFacts facts(WeightsMatch match) {
    return new WeightsFacts(
        match.prefix(),
        match.outputs(),
        match.cut(),
        match.lacking(),
        List.of(),
        GOOGLENET.preprocessing(),
        true,
        match.remarks());
  }

  private static StateDict without(Predicate<String> dropped) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WEIGHTS.names().stream()
        .filter(dropped.negate())
        .forEach(name -> tensors.put(name, WEIGHTS.get(name)));
    return new StateDict("a formula", tensors);
  }

  /** Shortens the classifiers whose names begin so. */
  private static StateDict withOutputs(String prefix, int outputs) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : WEIGHTS.names()) {
      boolean changed = name.startsWith(prefix) && name.contains("/classifier.");
      tensors.put(name, changed ? first(WEIGHTS.get(name), outputs) : WEIGHTS.get(name));
    }
    return new StateDict("a formula", tensors);
  }

  private static Tensor first(Tensor tensor, int outputs) {
    long[] shape = tensor.shape().clone();
    int each = tensor.values().length / (int) shape[0];
    shape[0] = outputs;
    return new Tensor(shape, Arrays.copyOf(tensor.values(), outputs * each));
  }
}
