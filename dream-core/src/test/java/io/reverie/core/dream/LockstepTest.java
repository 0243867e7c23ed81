package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Company.Start;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.ImageTensors;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import io.reverie.core.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that dream in one batch dream as each does alone. */
class LockstepTest {

  private static final Size SIZE = new Size(72, 56);

  /**
   * In grey levels, of steps of 1.5: the network's sums in another order change a value by a
   * millionth, and the steps amplify that.
   */
  private static final double TOLERANCE = 0.02;

  /** Of {@link #spec}: five in each of three octaves. */
  private static final int STEPS = 15;

  /** Normalised one by one, so that a common norm of a batch would show. */
  private static final List<Objective> OBJECTIVES =
      List.of(
          new Mean("conv1", ChannelSelector.all(), 1),
          new L2("conv2", new ChannelSelector.Ids(List.of(0)), 0.5),
          new Neuron("conv2", 1, 0.5, 0.5, -1));

  @RegisterExtension static final SmallNetwork NETWORK = new SmallNetwork();

  @ParameterizedTest
  @CsvSource({"PIXELS, 2", "PIXELS, 4", "FOURIER, 2", "FOURIER, 4"})
  void aBatchDreamsLikeItsImagesAlone(Parameterisation parameterisation, int count)
      throws Exception {
    Company company = Company.unlimited();
    assertSame(company, starts(dreamer(spec(12).withParameterisation(parameterisation)), count));
    assertThat(company.lockstep().statistics())
        .isEqualTo(new Lockstep.Statistics(STEPS, (long) count * STEPS, 0));
  }

  @Test
  void smoothingIsEachImagesOwn() throws Exception {
    assertSame(
        Company.unlimited(), starts(dreamer(withSmoothing(spec(12), new Smoothing(0.8, 2))), 3));
  }

  /** Those that have fewer steps leave an octave earlier and wait at the next. */
  @Test
  void masksFociAndNumbersOfStepsAreEachImagesOwn() throws Exception {
    Dreamer dreamer = dreamer(spec(12));
    List<Start> starts = new ArrayList<>();
    starts.add(Start.of(dreamer, picture(0), 9));
    for (int i = 1; i < 4; i++) {
      Image source = picture(i);
      float[] weights = new float[SIZE.width() * SIZE.height()];
      float[] focus = new float[weights.length];
      for (int p = 0; p < weights.length; p++) {
        weights[p] = p % SIZE.width() < 20 + 10 * i ? 1 : 0;
        focus[p] = i == 3 ? 1 : 0.5f + p % 3;
      }
      Residual residual = Residual.between(source, picture(i + 20));
      starts.add(
          Start.of(dreamer, source, 1000L * i)
              .within(new Mask(SIZE, weights))
              .from(new WarmStart(residual, i, i == 1 ? Optional.empty() : Optional.of(focus))));
    }
    Company company = Company.unlimited();
    assertSame(company, starts);
    assertThat(company.lockstep().statistics())
        .isEqualTo(new Lockstep.Statistics(STEPS, STEPS + 3 * (1 + 2 + 3), 0));
  }

  /** As those of two moments of a schedule, or of two videos. */
  @Test
  void settingsAreEachImagesOwn() throws Exception {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Objective> objectives =
          List.of(
              new L2("conv2", ChannelSelector.all(), 1 - 0.4 * i),
              new Mean("conv1", new ChannelSelector.Ids(List.of(i)), 0.3 * i - 0.1));
      OctaveSpec octave = new OctaveSpec(objectives, 5, Ramp.of(1 + 0.5 * i), Ramp.of(0));
      DreamSpec spec = DreamSpec.plain(octave, new Octaves(3, 1.4), 4 * i, i);
      starts.add(Start.of(dreamer(spec), picture(0), 40));
    }
    Company company = Company.unlimited();
    assertSame(company, starts);
    assertThat(company.lockstep().statistics().passes()).isEqualTo(STEPS);
  }

  @Test
  void severalObjectivesAreNormalisedImageByImage() throws Exception {
    OctaveSpec octave = new OctaveSpec(OBJECTIVES, 4, Ramp.of(1.5), Ramp.of(0));
    assertSame(
        Company.unlimited(),
        starts(dreamer(DreamSpec.plain(octave, new Octaves(2, 1.4), 8, 7)), 3));
  }

  /** A window of one size at a place of its own for each, and images that cannot share a pass. */
  @ParameterizedTest
  @CsvSource({"window, 15", "scaled, 30", "tiled, 20"})
  void windowsScalesAndTilesAreEachImagesOwn(String kind, int passes) throws Exception {
    DreamSpec plain = spec(6);
    Robustness robustness =
        switch (kind) {
          case "window" -> new Robustness(6, 0, 0, 40);
          case "scaled" -> new Robustness(6, 0.1, 5, 0);
          default -> plain.robustness();
        };
    Tiling tiling = kind.equals("tiled") ? new Tiling(64, OptionalInt.empty()) : Tiling.NONE;
    Company company = Company.unlimited();
    assertSame(
        company,
        starts(new Dreamer(NETWORK.network(), withRobustness(plain, robustness), tiling), 2));
    assertThat(company.lockstep().statistics().passes()).isEqualTo(passes);
  }

  @Test
  void oneImageHasTheSameBits() throws Exception {
    Start start = starts(dreamer(spec(12)), 1).get(0);
    assertThat(Company.unlimited().dream(List.of(start)).get(0).get().image().rgb())
        .isEqualTo(start.alone().image().rgb());
  }

  /** The number of images that step with it, and its place among them, do not change a dream. */
  @Test
  void aDreamDoesNotDependOnItsCompany() throws Exception {
    List<Start> starts = starts(dreamer(spec(12)), 4);
    Dream first = Company.unlimited().dream(starts).get(0).get();
    Dream last =
        Company.unlimited()
            .dream(List.of(starts.get(2), starts.get(3), starts.get(0)))
            .get(2)
            .get();
    assertThat(greatest(first.image(), last.image())).isLessThan(TOLERANCE);
  }

  @Test
  void imagesOfOtherSizesPassAlone() throws Exception {
    Dreamer dreamer = dreamer(spec(3));
    Company company = Company.unlimited();
    assertSame(
        company,
        List.of(
            Start.of(dreamer, picture(1), 0),
            Start.of(dreamer, TestDreams.photo(new Size(60, 60), 1), 0),
            Start.of(dreamer, TestDreams.photo(new Size(60, 60), 2), 3)));
    assertThat(company.lockstep().statistics())
        .isEqualTo(new Lockstep.Statistics(2 * STEPS, 3 * STEPS, 0));
  }

  /** A picture of half the size is as large as the octave below the largest. */
  @Test
  void imagesOfTwoSizesMeetWhereTheirOctavesAreEqual() throws Exception {
    DreamSpec spec = DreamSpec.plain(TestDreams.octave(5, 1.5, 0), new Octaves(2, 2), 3, 11);
    Company company = Company.unlimited();
    Size half = new Size(SIZE.width() / 2, SIZE.height() / 2);
    assertSame(
        company,
        List.of(
            Start.of(dreamer(spec), picture(1), 0),
            Start.of(dreamer(spec), TestDreams.photo(half, 1), 0)));
    assertThat(company.lockstep().statistics().images()).isEqualTo(20);
    assertThat(company.lockstep().statistics().passes()).isEqualTo(15);
  }

  @Test
  void batchesAreNotLargerThanTheDeviceTakes() throws Exception {
    Company company = new Company(2);
    assertSame(company, starts(dreamer(spec(12)), 4));
    assertThat(company.lockstep().statistics().images()).isEqualTo(4 * STEPS);
    assertThat(company.lockstep().statistics().passes()).isGreaterThanOrEqualTo(2 * STEPS);
  }

  @Test
  void whoeverFailsOrIsCancelledHurtsNobodyElse() throws Exception {
    Dreamer dreamer = dreamer(spec(12));
    List<Start> starts = new ArrayList<>(starts(dreamer, 2));
    starts.add(Start.of(dreamer.withListener(progress -> progress.iteration() < 3), picture(2), 1));
    float[] broken = picture(3).rgb().clone();
    broken[100] = Float.NaN;
    starts.add(Start.of(dreamer, new Image(SIZE, broken), 2));
    List<Future<Dream>> dreams = Company.unlimited().dream(starts);
    for (int i = 0; i < 2; i++) {
      assertThat(greatest(dreams.get(i).get().image(), starts.get(i).alone().image()))
          .isLessThan(TOLERANCE);
    }
    assertThatThrownBy(dreams.get(2)::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThatThrownBy(dreams.get(3)::get)
        .hasCauseInstanceOf(DreamException.class)
        .hasMessageContaining("is not a number");
  }

  @Test
  void anEmptyMaskNeedsNoPass() throws Exception {
    List<Start> starts = new ArrayList<>(starts(dreamer(spec(12)), 2));
    Mask nowhere = new Mask(SIZE, new float[SIZE.width() * SIZE.height()]);
    Company company = Company.unlimited();
    Dreamer together = starts.get(1).dreamer().withLockstep(company.lockstep());
    Dream dream = starts.get(1).within(nowhere).with(together).alone();
    assertThat(dream.image()).isEqualTo(starts.get(1).source());
    assertThat(company.lockstep().statistics().passes()).isZero();
  }

  /** A few steps, because more amplify any rounding, as chaos does. */
  @ParameterizedTest
  @EnumSource(Parameterisation.class)
  void theEmbeddedNetworkTakesBatches(Parameterisation parameterisation) throws Exception {
    DreamSpec own = DreamSpec.of(Networks.descriptor("embedded"));
    OctaveSpec octave =
        new OctaveSpec(own.octave().objectives(), 3, own.octave().step(), own.octave().blur());
    DreamSpec spec =
        DreamSpec.plain(octave, new Octaves(2, 1.4), 16, 3).withParameterisation(parameterisation);
    try (Network network = Networks.load("embedded")) {
      List<Start> starts = starts(new Dreamer(network, spec), 2);
      Company company = Company.unlimited();
      List<Future<Dream>> together = company.dream(starts);
      for (int i = 0; i < starts.size(); i++) {
        Image image = together.get(i).get().image();
        assertThat(mean(image, starts.get(i).source())).isGreaterThan(1);
        assertThat(mean(image, starts.get(i).alone().image())).isLessThan(TOLERANCE);
      }
      assertThat(company.lockstep().statistics()).isEqualTo(new Lockstep.Statistics(6, 12, 0));
    }
  }

  /** What a batch changes is the rounding of a gradient, for every objective. */
  @Test
  void gradientsOfABatchAreThoseOfItsImages() {
    Network network = NETWORK.network();
    List<Gradient> gradients =
        List.of(
            new Gradient(network, OBJECTIVES),
            new Gradient(network, OBJECTIVES),
            new Gradient(network, OBJECTIVES.subList(0, 2)));
    try (NDManager scope = network.manager().newSubManager()) {
      List<NDArray> images =
          IntStream.range(0, 3).mapToObj(i -> ImageTensors.tensor(picture(i), scope)).toList();
      List<NDArray> together = Gradient.together(gradients, images, scope);
      for (int i = 0; i < images.size(); i++) {
        NDArray alone = gradients.get(i).at(images.get(i), Optional.empty(), scope);
        assertThat(together.get(i).getShape()).isEqualTo(alone.getShape());
        assertThat(together.get(i).sub(alone).norm().getFloat())
            .isLessThan(1e-5f * alone.norm().getFloat());
      }
    }
  }

  private static void assertSame(Company company, List<Start> starts) throws Exception {
    List<Future<Dream>> together = company.dream(starts);
    assertThat(together).hasSameSizeAs(starts);
    for (int i = 0; i < starts.size(); i++) {
      Dream alone = starts.get(i).alone();
      Dream one = together.get(i).get();
      assertThat(greatest(one.image(), alone.image())).as("image %d", i).isLessThan(TOLERANCE);
      assertThat(mean(one.image(), starts.get(i).source())).as("it dreams").isGreaterThan(1);
      assertThat(one.steps()).isEqualTo(alone.steps());
      assertThat(one.zeroSteps()).isEqualTo(alone.zeroSteps());
      assertThat(one.octaves()).isEqualTo(alone.octaves());
    }
  }

  private static List<Start> starts(Dreamer dreamer, int count) {
    return IntStream.range(0, count).mapToObj(i -> Start.of(dreamer, picture(i), 40L * i)).toList();
  }

  /** Pictures of different contrast, so that a common norm would show. */
  private static Image picture(int i) {
    double spread = 10 + 25 * (i % 4);
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    SplittableRandom random = new SplittableRandom(i + 1);
    for (int p = 0; p < rgb.length; p++) {
      int column = p / 3 % SIZE.width();
      double wave = Math.sin(column * (0.1 + 0.05 * i)) * spread;
      rgb[p] = (float) (120 + wave + spread * (random.nextDouble() - 0.5));
    }
    return new Image(SIZE, rgb);
  }

  private static DreamSpec spec(int jitter) {
    return DreamSpec.plain(TestDreams.octave(5, 1.5, 0), new Octaves(3, 1.4), jitter, 11);
  }

  private static DreamSpec withSmoothing(DreamSpec spec, Smoothing smoothing) {
    Priors p = spec.priors();
    return new DreamSpec(
        spec.octave(),
        spec.overrides(),
        spec.octaves(),
        spec.robustness(),
        new Priors(p.rule(), p.clip(), p.laplacian(), smoothing, p.tv(), p.decay(), p.colours()),
        spec.parameterisation(),
        spec.strength(),
        spec.seed());
  }

  private static DreamSpec withRobustness(DreamSpec spec, Robustness robustness) {
    return new DreamSpec(
        spec.octave(),
        spec.overrides(),
        spec.octaves(),
        robustness,
        spec.priors(),
        spec.parameterisation(),
        spec.strength(),
        spec.seed());
  }

  private static Dreamer dreamer(DreamSpec spec) {
    return new Dreamer(NETWORK.network(), spec);
  }

  private static double greatest(Image a, Image b) {
    return IntStream.range(0, a.rgb().length)
        .mapToDouble(i -> Math.abs(a.rgb()[i] - b.rgb()[i]))
        .max()
        .orElseThrow();
  }

  private static double mean(Image a, Image b) {
    return TestDreams.meanAbs(Residual.between(a, b).rgb());
  }
}
