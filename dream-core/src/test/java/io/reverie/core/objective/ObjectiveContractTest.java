package io.reverie.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.SmallNetwork;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.engine.TensorTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every objective. */
class ObjectiveContractTest extends TensorTest {

  /** As many as the layer conv2 of the small network has. */
  private static final int CHANNELS = 12;

  private static final Shape SHAPE = new Shape(1, CHANNELS, 4, 5);
  private static final double STEP = 1e-5;
  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  /** Creates an objective. */
  interface Factory {
    Objective create(String layer, double weight);
  }

  static Stream<Named<Factory>> objectives() {
    float[] guide = guide(7);
    return Stream.of(
        Named.of("l2", (layer, weight) -> new L2(layer, ChannelSelector.all(), weight)),
        Named.of(
            "l2 of two channels",
            (layer, weight) -> new L2(layer, new ChannelSelector.Ids(List.of(0, 4)), weight)),
        Named.of(
            "l2 of the strongest",
            (layer, weight) -> new L2(layer, new ChannelSelector.Strongest(2), weight)),
        Named.of(
            "l2 of the weakest",
            (layer, weight) -> new L2(layer, new ChannelSelector.Weakest(2), weight)),
        Named.of("mean", (layer, weight) -> new Mean(layer, ChannelSelector.all(), weight)),
        Named.of(
            "mean of a channel",
            (layer, weight) -> new Mean(layer, new ChannelSelector.Ids(List.of(1)), weight)),
        Named.of("neuron", (layer, weight) -> new Neuron(layer, 2, 0.5, 1, weight)),
        Named.of(
            "class", (layer, weight) -> new ClassLogit(layer, Map.of(1, 1.0, 5, -0.5), weight)),
        Named.of("guide", (layer, weight) -> new Guide(layer, guide, CHANNELS, weight)));
  }

  private static float[] guide(int cells) {
    SplittableRandom random = new SplittableRandom(3);
    float[] features = new float[cells * CHANNELS];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1.5);
    }
    return features;
  }

  @Test
  void everyObjectiveIsCovered() {
    List<Class<?>> covered =
        objectives()
            .<Class<?>>map(each -> each.getPayload().create("conv2", 1).getClass())
            .toList();
    assertThat(covered).containsAll(records(Objective.class));
  }

  private static List<Class<?>> records(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isRecord() ? Stream.of(each) : records(each).stream())
        .toList();
  }

  /** Compares with finite differences in float64. */
  @ParameterizedTest
  @MethodSource("objectives")
  void theSeedIsTheDerivativeOfTheValue(Factory factory) {
    Objective objective = factory.create("conv2", 1);
    double[] a = activations(1);
    double[] seed = objective.seed(tensor(a)).toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      double derivative =
          (objective.value(tensor(moved(a, i, STEP))) - objective.value(tensor(moved(a, i, -STEP))))
              / (2 * STEP);
      assertThat(seed[i]).as("activation %d", i).isCloseTo(derivative, within(2e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theSeedHasTheShapeOfTheActivationsAndDoesNotChangeThem(Factory factory) {
    NDArray a = tensor(activations(2));
    assertThat(factory.create("conv2", 1).seed(a).getShape()).isEqualTo(SHAPE);
    assertThat(a.toDoubleArray()).isEqualTo(activations(2));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theValueIsFinite(Factory factory) {
    Objective objective = factory.create("conv2", 1);
    assertThat(objective.value(tensor(activations(3)))).isFinite();
    assertThat(objective.value(scope.zeros(SHAPE, DataType.FLOAT64))).isFinite();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theWeightScalesValueAndGradientLinearly(Factory factory) {
    try (NDManager own = SMALL.network().manager().newSubManager()) {
      NDArray image = image(own);
      Gradient single = new Gradient(SMALL.network(), List.of(factory.create("conv2", 1)));
      Gradient triple = new Gradient(SMALL.network(), List.of(factory.create("conv2", -3)));
      double value = single.value(image);
      assertThat(triple.value(image)).isCloseTo(-3 * value, within(1e-6 * Math.abs(value)));
      NDArray expected = single.at(image, Optional.empty(), own).mul(-3);
      NDArray difference = triple.at(image, Optional.empty(), own).sub(expected);
      assertThat(difference.abs().max().getFloat())
          .isLessThanOrEqualTo(1e-5f * expected.abs().max().getFloat());
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void anUnknownLayerIsReportedInOneSentence(Factory factory) {
    OctaveSpec octave =
        new OctaveSpec(List.of(factory.create("mixed4", 1)), 1, Ramp.of(1), Ramp.of(0));
    DreamSpec spec = DreamSpec.plain(octave, new Octaves(1, 1.4), 0, 0);
    assertThatThrownBy(() -> new Dreamer(SMALL.network(), spec))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "network small has no layer 'mixed4'; the nearest of its 3 layers are conv1, pool1, conv2");
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aWeightThatIsNotFiniteIsRejected(Factory factory) {
    for (double weight : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> factory.create("conv2", weight))
          .isInstanceOf(DreamException.class)
          .hasMessage("the objective at layer conv2 needs a finite weight, not " + weight);
    }
  }

  private static NDArray image(NDManager own) {
    SplittableRandom random = new SplittableRandom(4);
    float[] rgb = new float[20 * 24 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) random.nextDouble(60, 190);
    }
    return own.create(rgb, new Shape(1, 20, 24, 3));
  }

  private NDArray tensor(double[] values) {
    return scope.create(values, SHAPE).toType(DataType.FLOAT64, false);
  }

  private static double[] moved(double[] a, int at, double by) {
    double[] moved = a.clone();
    moved[at] += by;
    return moved;
  }

  private static double[] activations(long seed) {
    return new SplittableRandom(seed).doubles(SHAPE.size(), -0.5, 1.5).toArray();
  }
}
