package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.graph.Layer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of every network that is written in Java. */
public abstract class NetworkContractTest extends NetworkBasicsContractTest {

  private Network exact;

  /** Opens the network under test with a number type and a minimum side of 1. */
  public abstract Network open(DataType type);

  @Override
  Network open() {
    return open(DataType.FLOAT32);
  }

  @BeforeAll
  void openExact() {
    Torch.useOneThread();
    exact = open(DataType.FLOAT64);
  }

  @AfterAll
  void closeExact() {
    exact.close();
  }

  /** Not run: {@link #theGradientOfEveryLayerEqualsFiniteDifferences} says more, in float64. */
  @Override
  void theGradientOfEveryLayerIsTheSlopeOfItsEnergy() {}

  @Test
  void theGradientOfEveryLayerEqualsFiniteDifferences() {
    double[] rgb = photo(SIZE);
    try (NDManager scope = exact.manager().newSubManager()) {
      for (String layer : some(exact, SIZE)) {
        double[] gradient = gradient(exact, layer, rgb, scope).toDoubleArray();
        for (int at : List.of(strongest(gradient), gradient.length / 2 + 1)) {
          assertThat(slope(layer, rgb, at))
              .as("%s, value %d", layer, at)
              .isCloseTo(
                  gradient[at], within(1e-4 * Math.abs(gradient[at]) + 1e-6 * largest(gradient)));
        }
      }
    }
  }

  @Test
  void float32AgreesWithFloat64() {
    double[] rgb = photo(SIZE);
    for (String layer : some(exact, SIZE)) {
      try (NDManager a = exact.manager().newSubManager();
          NDManager b = single.manager().newSubManager()) {
        double[] expected = gradient(exact, layer, rgb, a).toDoubleArray();
        double[] got =
            gradient(single, layer, rgb, b).toType(DataType.FLOAT64, false).toDoubleArray();
        assertThat(cosine(expected, got)).as(layer).isGreaterThan(0.9999);
      }
    }
  }

  @Test
  void onePixelLessThanTheMinimumSideDoesNotSuffice() {
    for (String layer : some(single, new Size(256, 256))) {
      int side = single.minimumSide(layer);
      if (side > 1) {
        Size less = new Size(side - 1, side - 1);
        assertThat(single.layers(less)).extracting(Layer::name).doesNotContain(layer);
        assertThatThrownBy(() -> energies(single, less, layer))
            .as("%s at %s", layer, less)
            .isInstanceOf(EngineException.class);
      }
    }
  }

  private Map<String, Double> energies(Network network, Size size, String layer) {
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray image = image(network, photo(size), size, scope);
      return network.activations(image, Set.of(layer)).entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> energy(e.getValue())));
    }
  }

  private NDArray gradient(Network network, String layer, double[] rgb, NDManager scope) {
    return Torch.gradient(
        image(network, rgb, SIZE, scope),
        scope,
        x -> network.activations(x, Set.of(layer)).get(layer).square().sum().mul(0.5));
  }

  /**
   * Returns the central difference in float64, with a step small enough not to cross a ReLU's kink.
   */
  private double slope(String layer, double[] rgb, int at) {
    double h = 1e-4;
    double[] moved = rgb.clone();
    try (NDManager scope = exact.manager().newSubManager()) {
      moved[at] = rgb[at] + h;
      NDArray up = image(exact, moved, SIZE, scope);
      moved[at] = rgb[at] - h;
      NDArray down = image(exact, moved, SIZE, scope);
      return (energy(exact.activations(up, Set.of(layer)).get(layer))
              - energy(exact.activations(down, Set.of(layer)).get(layer)))
          / (2 * h);
    }
  }

  private NDArray image(Network network, double[] rgb, Size size, NDManager scope) {
    return scope
        .create(rgb, new Shape(1, size.height(), size.width(), 3))
        .toType(network == exact ? DataType.FLOAT64 : DataType.FLOAT32, true);
  }

  private static int strongest(double[] values) {
    int best = 0;
    for (int i = 0; i < values.length; i++) {
      best = Math.abs(values[i]) > Math.abs(values[best]) ? i : best;
    }
    return best;
  }

  private static double largest(double[] values) {
    return Math.abs(values[strongest(values)]);
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
