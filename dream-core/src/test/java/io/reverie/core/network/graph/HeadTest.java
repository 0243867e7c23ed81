package io.reverie.core.network.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.network.graph.evaluation.Head;
import io.reverie.core.network.graph.evaluation.TrunkFinder;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Splits networks at their adaptive pooling. */
class HeadTest {

  @ParameterizedTest
  @CsvSource({
    "embedded, conv5.2, head",
    "squeezenet1_0, classifier.2, classifier",
    "squeezenet1_1, classifier.2, classifier.3",
    "googlenet, inception5b, fc",
    "resnet18, layer4, fc",
    "inception_v3, Mixed_7c, fc"
  })
  void trunkPoolingAndHeadEqualTheWholeNetwork(String name, String trunk, String last) {
    try (Network network = TestNetworks.filled(name, DataType.FLOAT64);
        NDManager scope = network.manager().newSubManager()) {
      Head head = network.head().orElseThrow();
      assertThat(head.trunk()).isEqualTo(trunk);
      assertThat(head.layers()).contains(last).doesNotContain(trunk);
      assertThat(head.bins()).isEqualTo(1);
      NDArray image = photo(scope);
      Map<String, NDArray> whole = network.activations(image, Set.of(trunk, last));
      NDArray pooled = whole.get(trunk).mean(new int[] {3}, true).mean(new int[] {2}, true);
      NDArray cut = network.headActivations(pooled, Set.of(last)).get(last);
      assertThat(cut.toDoubleArray())
          .containsExactly(whole.get(last).toDoubleArray(), within(1e-9));
      assertThatThrownBy(() -> network.headActivations(pooled, Set.of(trunk)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"embedded, head", "googlenet, fc"})
  void gradientsFlowThroughBothParts(String name, String last) {
    try (Network network = TestNetworks.filled(name, DataType.FLOAT64);
        NDManager scope = network.manager().newSubManager()) {
      String trunk = network.head().orElseThrow().trunk();
      NDArray whole =
          Torch.gradient(
              photo(scope),
              scope,
              x -> network.activations(x, Set.of(last)).get(last).get("0, 3").sum());
      NDArray cut =
          Torch.gradient(
              photo(scope),
              scope,
              x -> {
                NDArray maps = network.activations(x, Set.of(trunk)).get(trunk);
                NDArray pooled = maps.mean(new int[] {3}, true).mean(new int[] {2}, true);
                return network.headActivations(pooled, Set.of(last)).get(last).get("0, 3").sum();
              });
      double largest = whole.abs().max().getDouble();
      assertThat(largest).isPositive();
      assertThat(cut.sub(whole).abs().max().getDouble()).isLessThan(1e-9 * largest);
    }
  }

  @ParameterizedTest
  @CsvSource({"alexnet, features, 6", "vgg16, features, 7", "vgg19, features, 7"})
  void alexNetAndVggPoolToSeveralBins(String name, String trunk, int bins) {
    assertThat(TrunkFinder.of(Networks.descriptor(name).body().orElseThrow()))
        .hasValueSatisfying(
            head -> {
              assertThat(head.trunk()).isEqualTo(trunk);
              assertThat(head.bins()).isEqualTo(bins);
            });
  }

  private static NDArray photo(NDManager scope) {
    double[] rgb = new SplittableRandom(7).doubles(80 * 90 * 3, 10, 245).toArray();
    return scope.create(rgb, new Shape(1, 80, 90, 3));
  }
}
