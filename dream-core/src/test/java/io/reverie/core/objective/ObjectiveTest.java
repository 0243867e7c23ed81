package io.reverie.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.engine.TensorTest;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of single objectives; see {@link ObjectiveContractTest} for what they share. */
class ObjectiveTest extends TensorTest {

  private static final int CHANNELS = 6;
  private static final Shape SHAPE = new Shape(1, CHANNELS, 4, 5);

  @Test
  void strongestAndWeakestChannelsAreSelectedByMean() {
    float[] means = {0.5f, 0, 3, 1, 0.25f, 2};
    assertThat(new ChannelSelector.Strongest(2).select(means)).containsExactlyInAnyOrder(2, 5);
    assertThat(new ChannelSelector.Weakest(2).select(means))
        .as("not the dead one")
        .containsExactly(4, 0);
    assertThat(new ChannelSelector.Strongest(99).select(means)).hasSize(6);
  }

  @Test
  void aGuideMatchesTheCellWithTheLargestProduct() {
    float[] guide = floats(9 * CHANNELS, 5);
    double[] a = doubles(6);
    double[] seed = new Guide("a", guide, CHANNELS, 1).seed(tensor(a)).toDoubleArray();
    int places = 4 * 5;
    for (int p = 0; p < places; p++) {
      int place = p;
      int best =
          IntStream.range(0, 9)
              .boxed()
              .max(
                  (i, j) ->
                      Double.compare(product(a, place, guide, i), product(a, place, guide, j)))
              .orElseThrow();
      for (int c = 0; c < CHANNELS; c++) {
        assertThat(seed[c * places + p]).isCloseTo(guide[best * CHANNELS + c], within(1e-6));
      }
    }
  }

  private static double product(double[] a, int place, float[] guide, int row) {
    double sum = 0;
    for (int c = 0; c < CHANNELS; c++) {
      sum += a[c * 20 + place] * guide[row * CHANNELS + c];
    }
    return sum;
  }

  @Test
  void largeGuidesAreShrunkAndFeaturesComeFromTheNetwork() {
    try (Network network = TestNetworks.small(1)) {
      Image large = image(new Size(448, 100));
      Guide guide = Guide.of(network, "conv1", large, 2);
      assertThat(guide.features()).hasSize(50 * 224 * 8);
      Image small = image(new Size(30, 20));
      try (NDManager own = network.manager().newSubManager()) {
        NDArray a =
            network
                .activations(own.create(small.rgb(), new Shape(1, 20, 30, 3)), Set.of("conv1"))
                .get("conv1");
        float[] rows = a.transpose(0, 2, 3, 1).toFloatArray();
        assertThat(Guide.of(network, "conv1", small, 1).features()).isEqualTo(rows);
      }
      assertThatThrownBy(() -> Guide.of(network, "conv1", image(new Size(300, 4)), 1))
          .isInstanceOf(DreamException.class)
          .hasMessage(
              "the guide of 300x4 px is too small: it is scaled to 224x3 px, but layer conv1 of network small needs 8 px on the shorter side; use a less elongated guide or another layer");
    }
  }

  @Test
  void unknownChannelsAreReported() {
    for (Objective objective :
        List.of(
            new Neuron("conv2", 12, 0, 0, 1),
            new ClassLogit("conv2", Map.of(12, 1.0), 1),
            new Mean("conv2", new ChannelSelector.Ids(List.of(12)), 1))) {
      assertThatThrownBy(() -> objective.requireChannels(12))
          .isInstanceOf(DreamException.class)
          .hasMessage("layer conv2 has no channel 12; it has 0 to 11");
    }
  }

  private static Image image(Size size) {
    float[] rgb = floats(size.height() * size.width() * 3, 9);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Math.abs(rgb[i]) * 100;
    }
    return new Image(size, rgb);
  }

  private NDArray tensor(double[] values) {
    return scope.create(values, SHAPE).toType(DataType.FLOAT64, false);
  }

  private static double[] doubles(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(SHAPE.size(), -0.5, 1.5).toArray();
  }

  private static float[] floats(int count, long seed) {
    double[] values = new SplittableRandom(seed).doubles(count, -1, 1.5).toArray();
    float[] floats = new float[count];
    Arrays.setAll(values, i -> floats[i] = (float) values[i]);
    return floats;
  }
}
