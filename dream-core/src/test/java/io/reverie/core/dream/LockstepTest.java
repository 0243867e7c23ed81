package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer.Start;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.ImageTensors;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that dream in one batch dream as each does alone. */
class LockstepTest {

  private static final Size SIZE = new Size(72, 56);

  /**
   * In grey levels, of steps of 1.5: the network's sums in another order change a value by a
   * millionth, and the steps amplify that.
   */
  private static final double TOLERANCE = 0.02;

  /** Normalised one by one, so that a common norm of a batch would show. */
  private static final List<Objective> OBJECTIVES =
      List.of(
          new Mean("conv1", ChannelSelector.all(), 1),
          new L2("conv2", new ChannelSelector.Ids(List.of(0)), 0.5),
          new Neuron("conv2", 1, 0.5, 0.5, -1));

  @RegisterExtension static final SmallNetwork NETWORK = new SmallNetwork();

  @ParameterizedTest
  @CsvSource({"PIXELS, 2", "PIXELS, 4", "FOURIER, 2", "FOURIER, 4"})
  void aBatchDreamsLikeItsImagesAlone(Parameterisation parameterisation, int count) {
    assertSame(dreamer(spec(12).withParameterisation(parameterisation)), starts(count));
  }

  @Test
  void smoothingIsEachImagesOwn() {
    assertSame(dreamer(withSmoothing(spec(12), new Smoothing(0.8, 2))), starts(3));
  }

  @Test
  void masksWarmStartsAndFociAreEachImagesOwn() {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Image source = picture(i);
      float[] weights = new float[SIZE.width() * SIZE.height()];
      float[] focus = new float[weights.length];
      for (int p = 0; p < weights.length; p++) {
        weights[p] = p % SIZE.width() < 20 + 10 * i ? 1 : 0;
        focus[p] = i == 3 ? 1 : 0.5f + p % 3;
      }
      Residual residual = Residual.between(source, picture(i + 20));
      starts.add(
          new Start(
              source,
              i == 0 ? Mask.whole(SIZE) : new Mask(SIZE, weights),
              1000L * i,
              Optional.of(
                  new WarmStart(residual, 3, i == 1 ? Optional.empty() : Optional.of(focus)))));
    }
    assertSame(dreamer(spec(12)), starts);
  }

  @Test
  void severalObjectivesAreNormalisedImageByImage() {
    OctaveSpec octave = new OctaveSpec(OBJECTIVES, 4, Ramp.of(1.5), Ramp.of(0));
    assertSame(dreamer(DreamSpec.plain(octave, new Octaves(2, 1.4), 8, 7)), starts(3));
  }

  /** A window of one size at a place of its own for each, and images that cannot share a pass. */
  @ParameterizedTest
  @ValueSource(strings = {"window", "scaled", "tiled"})
  void windowsScalesAndTilesAreEachImagesOwn(String kind) {
    DreamSpec plain = spec(6);
    Robustness robustness =
        switch (kind) {
          case "window" -> new Robustness(6, 0, 0, 40);
          case "scaled" -> new Robustness(6, 0.1, 5, 0);
          default -> plain.robustness();
        };
    Tiling tiling = kind.equals("tiled") ? new Tiling(64, OptionalInt.empty()) : Tiling.NONE;
    assertSame(
        new Dreamer(NETWORK.network(), withRobustness(plain, robustness), tiling), starts(2));
  }

  @Test
  void oneImageHasTheSameBits() {
    Dreamer dreamer = dreamer(spec(12));
    Start start = starts(1).get(0);
    assertThat(dreamer.dreamAll(List.of(start)).get(0).image().rgb())
        .isEqualTo(alone(dreamer, start).image().rgb());
  }

  /** The number of images that step with it, and its place among them, do not change a dream. */
  @Test
  void aDreamDoesNotDependOnItsCompany() {
    Dreamer dreamer = dreamer(spec(12));
    List<Start> starts = starts(4);
    Dream first = dreamer.dreamAll(starts).get(0);
    Dream last = dreamer.dreamAll(List.of(starts.get(2), starts.get(3), starts.get(0))).get(2);
    assertThat(greatest(first.image(), last.image())).isLessThan(TOLERANCE);
  }

  @Test
  void anEmptyMaskLeavesItsImageAndTheOthersDream() {
    Dreamer dreamer = dreamer(spec(12));
    List<Start> starts = new ArrayList<>(starts(3));
    Image source = starts.get(1).source();
    Mask nowhere = new Mask(SIZE, new float[SIZE.width() * SIZE.height()]);
    starts.set(1, new Start(source, nowhere, 5, Optional.empty()));
    List<Dream> dreams = dreamer.dreamAll(starts);
    assertThat(dreams.get(1).image()).isEqualTo(source);
    assertThat(dreams.get(1).steps()).isZero();
    assertThat(greatest(dreams.get(2).image(), alone(dreamer, starts.get(2)).image()))
        .isLessThan(TOLERANCE);
  }

  @Test
  void imagesOfTwoSizesOrIterationsAreRefused() {
    Dreamer dreamer = dreamer(spec(0));
    Image small = TestDreams.photo(new Size(48, 40), 1);
    Start warm =
        new Start(
            picture(1),
            Mask.whole(SIZE),
            0,
            Optional.of(
                new WarmStart(
                    new Residual(SIZE, new float[SIZE.width() * SIZE.height() * 3]),
                    2,
                    Optional.empty())));
    for (List<Start> starts :
        List.of(
            List.of(Start.of(picture(1), 0), Start.of(small, 0)),
            List.of(Start.of(picture(1), 0), warm),
            List.<Start>of())) {
      assertThatThrownBy(() -> dreamer.dreamAll(starts))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theListenerHearsEachStepOnceAndMayCancelAll() {
    List<Integer> heard = new ArrayList<>();
    Dreamer dreamer =
        dreamer(spec(0))
            .withListener(
                progress -> {
                  heard.add(progress.iteration());
                  return heard.size() < 3;
                });
    assertThatThrownBy(() -> dreamer.dreamAll(starts(2))).isInstanceOf(CancellationException.class);
    assertThat(heard).containsExactly(1, 2, 3);
  }

  /** A few steps, because more amplify any rounding, as chaos does. */
  @ParameterizedTest
  @EnumSource(Parameterisation.class)
  void theEmbeddedNetworkTakesBatches(Parameterisation parameterisation) {
    DreamSpec own = DreamSpec.of(Networks.descriptor("embedded"));
    OctaveSpec octave =
        new OctaveSpec(own.octave().objectives(), 3, own.octave().step(), own.octave().blur());
    DreamSpec spec =
        DreamSpec.plain(octave, new Octaves(2, 1.4), 16, 3).withParameterisation(parameterisation);
    try (Network network = Networks.load("embedded")) {
      Dreamer dreamer = new Dreamer(network, spec);
      List<Start> starts = starts(2);
      List<Dream> together = dreamer.dreamAll(starts);
      for (int i = 0; i < starts.size(); i++) {
        assertThat(mean(together.get(i).image(), starts.get(i).source())).isGreaterThan(1);
        assertThat(mean(together.get(i).image(), alone(dreamer, starts.get(i)).image()))
            .isLessThan(TOLERANCE);
      }
    }
  }

  /** What a batch changes is the rounding of a gradient, for every objective. */
  @Test
  void gradientsOfABatchAreThoseOfItsImages() {
    Network network = NETWORK.network();
    Gradient gradient = new Gradient(network, OBJECTIVES);
    try (NDManager scope = network.manager().newSubManager()) {
      List<NDArray> images =
          starts(3).stream().map(s -> ImageTensors.tensor(s.source(), scope)).toList();
      List<NDArray> together = gradient.at(images, scope);
      for (int i = 0; i < images.size(); i++) {
        NDArray alone = gradient.at(images.get(i), Optional.empty(), scope);
        assertThat(together.get(i).getShape()).isEqualTo(alone.getShape());
        assertThat(together.get(i).sub(alone).norm().getFloat())
            .isLessThan(1e-5f * alone.norm().getFloat());
      }
    }
  }

  private static void assertSame(Dreamer dreamer, List<Start> starts) {
    List<Dream> together = dreamer.dreamAll(starts);
    assertThat(together).hasSameSizeAs(starts);
    for (int i = 0; i < starts.size(); i++) {
      Dream alone = alone(dreamer, starts.get(i));
      Dream one = together.get(i);
      assertThat(greatest(one.image(), alone.image())).as("image %d", i).isLessThan(TOLERANCE);
      assertThat(mean(one.image(), starts.get(i).source())).as("it dreams").isGreaterThan(1);
      assertThat(one.steps()).isEqualTo(alone.steps());
      assertThat(one.zeroSteps()).isEqualTo(alone.zeroSteps());
      assertThat(one.octaves()).isEqualTo(alone.octaves());
    }
  }

  private static Dream alone(Dreamer dreamer, Start start) {
    return dreamer.dream(start.source(), start.mask(), start.pts(), start.warmStart());
  }

  private static List<Start> starts(int count) {
    return IntStream.range(0, count).mapToObj(i -> Start.of(picture(i), 40L * i)).toList();
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
