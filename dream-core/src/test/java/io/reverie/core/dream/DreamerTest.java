package io.reverie.core.dream;

import static io.reverie.core.dream.TestDreams.CONV2;
import static io.reverie.core.dream.TestDreams.meanAbs;
import static io.reverie.core.dream.TestDreams.octave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DreamerTest {

  private static final Octaves ONE = new Octaves(1, 1.4);

  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  @Test
  void oneStepIsTheGradientOverItsMeanTimesTheStep() {
    Image source = photo(1);
    float[] g = gradient(source, CONV2);
    double mean = meanAbs(g);
    float[] got = dream(spec(List.of(CONV2), 1, 2.5, 0, 1), source).rgb();
    for (int i = 0; i < g.length; i++) {
      assertThat((double) got[i]).isCloseTo(source.rgb()[i] + 2.5 * g[i] / mean, within(1e-3));
    }
    assertThat(change(source, got)).isCloseTo(2.5, within(1e-3));
  }

  @Test
  void valuesAreClippedToTheirRange() {
    float[] got = dream(spec(List.of(CONV2), 10, 60, 4, 1), photo(1)).rgb();
    for (float value : got) {
      assertThat(value).isBetween(0f, 255f);
    }
    assertThat(got).contains(0f).contains(255f);
  }

  @Test
  void strengthScalesTheResidual() {
    Image source = photo(2);
    float[] whole = dream(spec(List.of(CONV2), 3, 1, 4, 1), source).rgb();
    float[] half = dream(spec(List.of(CONV2), 3, 1, 4, 0.5), source).rgb();
    for (int i = 0; i < whole.length; i++) {
      assertThat(half[i]).isCloseTo((whole[i] + source.rgb()[i]) / 2, within(1e-3f));
    }
    assertThat(dream(spec(List.of(CONV2), 3, 1, 4, 0), source).rgb()).isEqualTo(source.rgb());
  }

  @Test
  void aSmallerDreamKeepsTheSizeOfTheImage() {
    Image source = photo(3);
    DreamSpec spec = spec(List.of(CONV2), 2, 1.5, 4, 1);
    Dream dream = new Dreamer(SMALL.network(), spec).dream(source, new Size(32, 24), 0);
    assertThat(dream.octaves()).containsExactly(new Size(32, 24));
    assertThat(dream.image().size()).isEqualTo(source.size());
    assertThat(change(source, dream.image().rgb())).isBetween(0.5, 5.0);
  }

  @Test
  void ascentRaisesTheObjectiveAndANegativeWeightLowersIt() {
    Image source = photo(4);
    double before = value(source);
    assertThat(value(dream(spec(List.of(CONV2), 5, 1.5, 4, 1), source)))
        .isGreaterThan(1.1 * before);
    Objective less = new L2("conv2", ChannelSelector.all(), -1);
    assertThat(value(dream(spec(List.of(less), 5, 1.5, 4, 1), source))).isLessThan(0.9 * before);
  }

  @Test
  void severalLayersSumTheirNormalisedGradientsByWeight() {
    Image source = photo(5);
    List<Objective> both = List.of(CONV2, new L2("conv1", new ChannelSelector.Ids(List.of(3)), 2));
    float[] a = normalised(source, both.get(0));
    float[] b = normalised(source, both.get(1));
    double[] sum = new double[a.length];
    double mean = 0;
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + 2 * b[i];
      mean += Math.abs(sum[i]) / a.length;
    }
    float[] got = dream(spec(both, 1, 1.5, 0, 1), source).rgb();
    for (int i = 0; i < a.length; i++) {
      assertThat((double) got[i]).isCloseTo(source.rgb()[i] + 1.5 * sum[i] / mean, within(1e-2));
    }
  }

  @Test
  void theMagnitudeOfASingleWeightHasNoEffect() {
    Image source = photo(6);
    float[] one = dream(spec(List.of(CONV2), 1, 1.5, 4, 1), source).rgb();
    Objective heavy = new L2("conv2", ChannelSelector.all(), 1e6);
    float[] million = dream(spec(List.of(heavy), 1, 1.5, 4, 1), source).rgb();
    for (int i = 0; i < one.length; i++) {
      assertThat(million[i]).isCloseTo(one[i], within(1e-3f));
    }
  }

  @Test
  void smoothingChangesTheImageAndKeepsTheMeanStep() {
    Image source = photo(7);
    Priors priors = new Priors(StepRule.MEAN, 0, 0, new Smoothing(2, 2), 0, 0, ColourMode.ALL);
    DreamSpec smooth = spec(List.of(CONV2), 1, 1.5, 0, 1).withPriors(priors);
    float[] got = dream(smooth, source).rgb();
    assertThat(change(source, got)).isCloseTo(1.5, within(1e-3));
    assertThat(got).isNotEqualTo(dream(spec(List.of(CONV2), 1, 1.5, 0, 1), source).rgb());
  }

  @Test
  void runsAreReproducibleAndDependOnThePresentationTime() {
    Dreamer dreamer = new Dreamer(SMALL.network(), octaves());
    float[] first = dreamer.dream(photo(8), 40).image().rgb();
    assertThat(dreamer.dream(photo(8), 40).image().rgb()).isEqualTo(first);
    assertThat(dreamer.dream(photo(8), 80).image().rgb()).isNotEqualTo(first);
  }

  @Test
  void fourThreadsGiveTheResultsOfOne() throws Exception {
    Dreamer dreamer = new Dreamer(SMALL.network(), octaves());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Dream>> together = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Image image = photo(20 + i);
        int pts = i;
        together.add(threads.submit(() -> dreamer.dream(image, pts)));
      }
      for (int i = 0; i < 4; i++) {
        assertThat(together.get(i).get().image().rgb())
            .isEqualTo(dreamer.dream(photo(20 + i), i).image().rgb());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void invalidSizesLayersAndChannelsAreReported() {
    assertRejected(
        SMALL.network(),
        CONV2,
        new Size(90, 6),
        "an image of 90x6 px is too small: network small needs 8 px on the shorter side; set a larger --size");
    assertRejected(
        SMALL.network(),
        new L2("mixed4", ChannelSelector.all(), 1),
        new Size(64, 48),
        "network small has no layer 'mixed4'; the nearest of its 3 layers are conv1, pool1, conv2");
    assertRejected(
        SMALL.network(),
        new L2("conv2", new ChannelSelector.Ids(List.of(12)), 1),
        new Size(64, 48),
        "layer conv2 has no channel 12; it has 0 to 11");
  }

  @Test
  void deadAndBrokenNetworksAreReported() {
    try (Network dead = TestNetworks.small(0);
        Network broken = TestNetworks.small(Double.NaN)) {
      assertRejected(
          dead,
          CONV2,
          new Size(64, 48),
          "nothing to dream: this image does not activate layer conv2; choose another layer, channel or weight");
      assertRejected(
          broken,
          CONV2,
          new Size(64, 48),
          "the gradient at octave 0, step 0 is not a number; try a smaller step or other weights");
    }
  }

  @Test
  void aSilentNeuronChannelOrClassIsNamedRatherThanItsLayer() {
    try (Network dead = TestNetworks.small(0)) {
      assertRejected(
          dead,
          new Neuron("conv2", 3, 0.25, 0.5, 1),
          new Size(64, 48),
          "nothing to dream: this image does not activate the neuron of channel 3 of layer conv2 at x 0.25, y 0.5; choose another channel, position (x and y) or layer");
      assertRejected(
          dead,
          new Mean("conv2", new ChannelSelector.Ids(List.of(3, 5)), 1),
          new Size(64, 48),
          "nothing to dream: this image does not activate channels 3, 5 of layer conv2; choose another layer, channel or weight");
      assertRejected(
          dead,
          new ClassLogit("conv2", Map.of(7, 1.0), 1),
          new Size(64, 48),
          "nothing to dream: this image does not activate class 7 of layer conv2; choose another class");
    }
  }

  @Test
  void stepsWithoutAGradientAreCountedAndReportedUnlessAllAreEmpty() {
    DreamSpec spec = spec(List.of(new Neuron("conv2", 3, 0.25, 0.5, 1)), 2, 1.5, 4, 1);
    assertThat(spec.emptySteps(8, 0)).isEmpty();
    assertThat(spec.emptySteps(8, 8)).isEmpty();
    assertThat(spec.emptySteps(8, 3))
        .contains(
            "3 of 8 steps found no gradient for the neuron of channel 3 of layer conv2 at x 0.25, y 0.5 and changed nothing; if the dream is too weak, choose another channel, position (x and y) or layer");
  }

  private static void assertRejected(Network on, Objective objective, Size size, String sentence) {
    assertThatThrownBy(
            () ->
                new Dreamer(on, spec(List.of(objective), 2, 1.5, 4, 1))
                    .dream(TestDreams.photo(size, 1), 0))
        .isInstanceOf(DreamException.class)
        .hasMessage(sentence);
  }

  private static DreamSpec octaves() {
    return DreamSpec.plain(octave(4, 1.5, 0), new Octaves(3, 1.4), 8, 11);
  }

  private static DreamSpec spec(
      List<Objective> objectives, int iterations, double step, int jitter, double strength) {
    return DreamSpec.plain(octave(iterations, step, 0), ONE, jitter, 11)
        .withObjectives(objectives.toArray(Objective[]::new))
        .withStrength(strength);
  }

  private static Image dream(DreamSpec spec, Image source) {
    return new Dreamer(SMALL.network(), spec).dream(source, 0).image();
  }

  private static Image photo(long seed) {
    return TestDreams.photo(new Size(64, 48), seed);
  }

  private static NDArray tensor(Image image, NDManager scope) {
    return scope.create(image.rgb(), new Shape(1, image.size().height(), image.size().width(), 3));
  }

  private static float[] gradient(Image image, Objective objective) {
    try (NDManager scope = SMALL.network().manager().newSubManager()) {
      return Torch.gradient(
              tensor(image, scope),
              scope,
              x -> {
                NDArray a =
                    SMALL
                        .network()
                        .activations(x, Set.of(objective.layer()))
                        .get(objective.layer());
                return objective.seed(a).square().sum().mul(0.5);
              })
          .toFloatArray();
    }
  }

  /** Returns the gradient for a seed dE/da of norm 1; |dE/da|^2 is 2 E. */
  private static float[] normalised(Image image, Objective objective) {
    float[] g = gradient(image, objective);
    try (NDManager scope = SMALL.network().manager().newSubManager()) {
      NDArray a =
          SMALL
              .network()
              .activations(tensor(image, scope), Set.of(objective.layer()))
              .get(objective.layer());
      double norm = Math.sqrt(2 * objective.value(a));
      for (int i = 0; i < g.length; i++) {
        g[i] /= (float) norm;
      }
    }
    return g;
  }

  private static double value(Image image) {
    try (NDManager scope = SMALL.network().manager().newSubManager()) {
      return new Gradient(SMALL.network(), List.of(CONV2)).value(tensor(image, scope));
    }
  }

  private static double change(Image source, float[] rgb) {
    float[] change = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      change[i] = rgb[i] - source.rgb()[i];
    }
    return meanAbs(change);
  }
}
