package io.reverie.core.dream.prior;

import static io.reverie.core.dream.TestDreams.CONV2;
import static io.reverie.core.dream.TestDreams.meanAbs;
import static io.reverie.core.dream.TestDreams.octave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.SmallNetwork;
import io.reverie.core.dream.TestDreams;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.engine.TensorTest;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks each prior against its formula. */
class PriorsTest extends TensorTest {

  private static final Size SIZE = new Size(56, 40);

  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  @Test
  void theStdRuleDividesByTheStandardDeviation() {
    float[] mean = change(Priors.NONE);
    float[] std = change(new Priors(StepRule.STD, 0, 0, none(), 0, 0, ColourMode.ALL));
    assertThat(deviation(std)).isCloseTo(2, within(1e-3));
    double ratio = std[0] / mean[0];
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) std[i]).isCloseTo(ratio * mean[i], within(1e-3));
    }
  }

  @Test
  void clippingLimitsTheLargestGradients() {
    float[] free = change(Priors.NONE);
    float[] cut = change(new Priors(StepRule.MEAN, 1.5, 0, none(), 0, 0, ColourMode.ALL));
    for (int i = 0; i < free.length; i++) {
      assertThat((double) cut[i]).isCloseTo(Math.max(-3, Math.min(3, free[i])), within(1e-3));
    }
    assertThat(max(free)).as("some were larger").isGreaterThan(3.1);
  }

  @Test
  void lumaChangesOnlyLightnessAndChromaOnlyColour() {
    assertColoursKept(0, 0);
    assertColoursKept(0.5, 0);
    assertColoursKept(0, 1);
    float[] luma = change(new Priors(StepRule.MEAN, 0, 0, none(), 0, 0, ColourMode.LUMA));
    float[] chroma = change(new Priors(StepRule.MEAN, 0, 0, none(), 0, 0, ColourMode.CHROMA));
    assertThat(meanAbs(luma)).isCloseTo(2, within(1e-3));
    assertThat(meanAbs(chroma)).isCloseTo(2, within(1e-3));
  }

  @Test
  void mutedStepsHaveAThirdOfTheColour() {
    float[] all = change(new Priors(StepRule.MEAN, 0, 0, none(), 0, 0, ColourMode.ALL));
    float[] muted = change(new Priors(StepRule.MEAN, 0, 0, none(), 0, 0, ColourMode.MUTED));
    assertThat(meanAbs(muted)).isCloseTo(2, within(1e-3));
    double share = colour(muted) / colour(all) / (lightness(muted) / lightness(all));
    assertThat(share).isCloseTo(0.35, within(1e-3));
  }

  /** The mean distance of the first channel from the mean of all three. */
  private static double colour(float[] change) {
    double sum = 0;
    for (int i = 0; i < change.length; i += 3) {
      sum += Math.abs(change[i] - (change[i] + change[i + 1] + change[i + 2]) / 3.0);
    }
    return sum;
  }

  private static double lightness(float[] change) {
    double sum = 0;
    for (int i = 0; i < change.length; i += 3) {
      sum += Math.abs((double) change[i] + change[i + 1] + change[i + 2]);
    }
    return sum;
  }

  private static void assertColoursKept(double tv, double blur) {
    float[] luma = change(new Priors(StepRule.MEAN, 0, 0, none(), tv, 0, ColourMode.LUMA), blur);
    float[] chroma =
        change(new Priors(StepRule.MEAN, 0, 0, none(), tv, 0, ColourMode.CHROMA), blur);
    for (int i = 0; i < luma.length; i += 3) {
      assertThat((double) luma[i]).isCloseTo(luma[i + 1], within(1e-3));
      assertThat((double) luma[i]).isCloseTo(luma[i + 2], within(1e-3));
      double lightness = 0.299 * chroma[i] + 0.587 * chroma[i + 1] + 0.114 * chroma[i + 2];
      assertThat(lightness).isCloseTo(0, within(1e-3));
    }
  }

  /** {@code x_2 - x_1 = step - share (x_1 + step - base)} for a gradient that is known. */
  @Test
  void decayRemovesAShareOfTheResidual() {
    float[] free = change(Priors.NONE);
    float[] held = change(new Priors(StepRule.MEAN, 0, 0, none(), 0, 0.25, ColourMode.ALL));
    for (int i = 0; i < free.length; i++) {
      assertThat((double) held[i]).isCloseTo(0.75 * free[i], within(1e-3));
    }
  }

  @Test
  void theTotalVariationPenaltySmoothsTheImage() {
    float[] rough =
        new Dreamer(SMALL.network(), spec(Priors.NONE, 8)).dream(photo(), 0).image().rgb();
    Priors calm = new Priors(StepRule.MEAN, 0, 0, none(), 1.5, 0, ColourMode.ALL);
    float[] smooth = new Dreamer(SMALL.network(), spec(calm, 8)).dream(photo(), 0).image().rgb();
    assertThat(variation(smooth)).isLessThan(0.7 * variation(rough));
  }

  /** Finite differences in float64. */
  @Test
  void theDerivativeOfTotalVariationEqualsFiniteDifferences() {
    double[] x = new SplittableRandom(5).doubles(4 * 5 * 3, 0, 9).toArray();
    double[] derivative =
        TotalVariation.gradient(scope.create(x, new Shape(1, 4, 5, 3))).toDoubleArray();
    for (int i = 0; i < x.length; i++) {
      double[] more = x.clone();
      double[] less = x.clone();
      more[i] += 1e-5;
      less[i] -= 1e-5;
      double expected = (smoothed(more, 4, 5) - smoothed(less, 4, 5)) / 2e-5;
      assertThat(derivative[i]).isCloseTo(expected, within(1e-6));
    }
  }

  /** A coarse wave four times as strong as a fine chequerboard ends up equally strong. */
  @Test
  void theBandsOfThePyramidHaveEqualStrength() {
    double[] wave = new double[64 * 64];
    double[] board = new double[64 * 64];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = Math.sqrt(2) * Math.sin(2 * Math.PI * (i % 64) / 32);
      board[i] = (i / 64 + i % 64) % 2 == 0 ? 1 : -1;
    }
    Shape shape = new Shape(1, 64, 64, 1);
    NDArray g = scope.create(wave, shape).mul(4).add(scope.create(board, shape));
    new LaplacianPyramid(2, RowBlocks.WHOLE).normalise(g);
    double[] even = g.toDoubleArray();
    assertThat(product(even, wave) / product(even, board)).isBetween(0.8, 1.25);
    assertThat(product(even, board)).isBetween(0.8, 1.1);
  }

  @Test
  void eachStepBlursTheImageByItsSigma() {
    OctaveSpec octave = new OctaveSpec(List.of(CONV2), 2, Ramp.of(2), new Ramp(1.5, 0.5));
    DreamSpec spec = DreamSpec.plain(octave, new Octaves(1, 1.4), 0, 1);
    OctaveSpec first = octave(1, 2, 1.5);
    OctaveSpec second = octave(1, 2, 0.5);
    Image once =
        new Dreamer(SMALL.network(), DreamSpec.plain(first, new Octaves(1, 1.4), 0, 1))
            .dream(photo(), 0)
            .fullStrength();
    Image twice =
        new Dreamer(SMALL.network(), DreamSpec.plain(second, new Octaves(1, 1.4), 0, 1))
            .dream(once, 0)
            .fullStrength();
    assertThat(new Dreamer(SMALL.network(), spec).dream(photo(), 0).fullStrength().rgb())
        .containsExactly(twice.rgb(), offset(1e-3f));
    assertThat(variation(once.rgb())).isLessThan(0.5 * variation(photo().rgb()));
  }

  @Test
  void octavesCanHaveTheirOwnSettings() {
    OctaveSpec all = octave(3, 2, 0);
    OctaveSpec own =
        new OctaveSpec(
            List.of(new L2("conv1", ChannelSelector.all(), -1)), 5, Ramp.of(1), Ramp.of(0));
    DreamSpec plain = DreamSpec.plain(all, new Octaves(3, 1.4), 4, 1);
    DreamSpec mixed =
        new DreamSpec(
            all,
            List.of(own),
            plain.octaves(),
            plain.robustness(),
            plain.priors(),
            plain.parameterisation(),
            1,
            1);
    assertThat(mixed.octaveSpecs(3)).containsExactly(own, all, all);
    assertThat(mixed.octaveSpecs(2)).as("the smallest is left out").containsExactly(all, all);
    Dream dream = new Dreamer(SMALL.network(), mixed).dream(photo(), 0);
    assertThat(dream.steps()).isEqualTo(5 + 3 + 3);
    assertThat(dream.image().rgb())
        .isNotEqualTo(new Dreamer(SMALL.network(), plain).dream(photo(), 0).image().rgb());
  }

  /**
   * 1/f: in the Fourier basis, low frequencies of the change outweigh those of an ascent in pixels.
   */
  @Test
  void theFourierBasisGrowsLargerShapes() {
    DreamSpec pixels = spec(Priors.NONE, 6);
    DreamSpec fourier = pixels.withParameterisation(Parameterisation.FOURIER);
    float[] fine = new Dreamer(SMALL.network(), pixels).dream(photo(), 0).residual().rgb();
    float[] large = new Dreamer(SMALL.network(), fourier).dream(photo(), 0).residual().rgb();
    assertThat(variation(large) / meanAbs(large)).isLessThan(0.6 * variation(fine) / meanAbs(fine));
    Dreamer dreamer = new Dreamer(SMALL.network(), fourier);
    assertThat(dreamer.value(dreamer.dream(photo(), 0).image()))
        .isGreaterThan(1.2 * dreamer.value(photo()));
  }

  @Test
  void theFirstFourierStepHasTheUsualMeanChange() {
    DreamSpec one = spec(Priors.NONE, 1);
    DreamSpec fourier = one.withParameterisation(Parameterisation.FOURIER);
    float[] change = new Dreamer(SMALL.network(), fourier).dream(photo(), 0).residual().rgb();
    assertThat(meanAbs(change)).isCloseTo(2, within(0.02));
  }

  @Test
  void valuesOutOfRangeAreReported() {
    assertThatThrownBy(() -> new Priors(StepRule.MEAN, 0, 9, none(), 0, 0, ColourMode.ALL))
        .isInstanceOf(DreamException.class)
        .hasMessage("laplacian must be from 0 to 8, not 9");
    assertThatThrownBy(() -> new OctaveSpec(List.of(CONV2), 1, Ramp.of(1), new Ramp(0, 101)))
        .hasMessage("blur must be from 0 to 100, not 101.0");
    assertThatThrownBy(() -> new Robustness(0, 0.6, 0, 0))
        .hasMessage("robustness.scale must be from 0 to 0.5, not 0.6");
  }

  private static Smoothing none() {
    return new Smoothing(0, 2);
  }

  private static DreamSpec spec(Priors priors, int iterations) {
    return spec(priors, iterations, 0);
  }

  private static DreamSpec spec(Priors priors, int iterations, double blur) {
    int jitter = iterations == 1 ? 0 : 4;
    return DreamSpec.plain(octave(iterations, 2, blur), new Octaves(1, 1.4), jitter, 1)
        .withPriors(priors);
  }

  /** Returns the change by one step of 2 grey levels. */
  private static float[] change(Priors priors) {
    return change(priors, 0);
  }

  private static float[] change(Priors priors, double blur) {
    return new Dreamer(SMALL.network(), spec(priors, 1, blur)).dream(photo(), 0).residual().rgb();
  }

  private static Image photo() {
    return TestDreams.photo(SIZE, 2);
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / a.length;
  }

  private static double smoothed(double[] x, int height, int width) {
    double sum = 0;
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        for (int c = 0; c < 3; c++) {
          double here = x[(i * width + j) * 3 + c];
          double down = i + 1 < height ? x[((i + 1) * width + j) * 3 + c] - here : 0;
          double across = j + 1 < width ? x[(i * width + j + 1) * 3 + c] - here : 0;
          sum += Math.sqrt(down * down + across * across + 1);
        }
      }
    }
    return sum;
  }

  private static double variation(float[] rgb) {
    double sum = 0;
    for (int i = 3; i < rgb.length; i++) {
      sum += i / 3 % SIZE.width() == 0 ? 0 : Math.abs(rgb[i] - rgb[i - 3]);
    }
    return sum / rgb.length;
  }

  private static double max(float[] values) {
    double max = values[0];
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
