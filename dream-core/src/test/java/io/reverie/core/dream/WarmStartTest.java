package io.reverie.core.dream;

import static io.reverie.core.dream.TestDreams.octave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.Residual;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WarmStartTest {

  private static final Size SIZE = new Size(64, 48);
  private static final Residual NONE = new Residual(SIZE, new float[48 * 64 * 3]);
  private static final int ITERATIONS = 4;

  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  @Test
  void anEmptyWarmStartWithAllIterationsEqualsAColdStart() {
    Dream plain = dream(spec(3), photo(1), Optional.empty());
    Dream started = dream(spec(3), photo(1), NONE, ITERATIONS, Optional.empty());
    assertThat(started.image().rgb()).isEqualTo(plain.image().rgb());
    assertThat(started.residual().rgb()).isEqualTo(plain.residual().rgb());
    assertThat(started.steps()).isEqualTo(plain.steps());
    assertThat(new Dreamer(SMALL.network(), spec(3)).dream(photo(1), 40).image().rgb())
        .isEqualTo(plain.image().rgb());
  }

  @Test
  void aFocusOfOneEverywhereHasNoEffect() {
    Optional<float[]> ones = Optional.of(focus(1, 1));
    Dream plain = dream(spec(1), photo(2), Optional.empty());
    Dream even = dream(spec(1), photo(2), NONE, ITERATIONS, ones);
    assertThat(even.image().rgb()).isEqualTo(plain.image().rgb());
    Image small = dream(spec(3), photo(2), Optional.empty()).image();
    Image same = dream(spec(3), photo(2), NONE, ITERATIONS, ones).image();
    assertThat(Residual.between(small, same).meanAbs()).isLessThan(0.01);
  }

  @Test
  void aPixelWithoutFocusDoesNotChange() {
    Image source = photo(3);
    Residual residual = noise(3, 90);
    Image start = residual.addTo(source, 1);
    Dream dream = dream(spec(1), source, residual, ITERATIONS, Optional.of(focus(0, 1)));
    for (int i = 0; i < start.rgb().length; i++) {
      if (column(i) < 32) {
        assertThat(dream.image().rgb()[i]).isEqualTo(start.rgb()[i]);
      }
    }
    assertThat(changeRightOf(32, start, dream.image())).isGreaterThan(1);
  }

  @Test
  void octavesOfTheStartKeepItsFinestDetail() {
    Image source = photo(4);
    Residual residual = noise(4, 20);
    Dream dream = dream(spec(3), source, residual, ITERATIONS, Optional.of(focus(0, 1)));
    assertThat(dream.octaves()).hasSize(3);
    for (int i = 0; i < residual.rgb().length; i++) {
      if (column(i) < 20) {
        assertThat(dream.residual().rgb()[i]).isCloseTo(residual.rgb()[i], within(1e-3f));
      }
    }
    assertThat(changeRightOf(40, residual.addTo(source, 1), dream.image())).isGreaterThan(1);
  }

  @Test
  void doubleFocusDoublesTheStep() {
    Image source = photo(5);
    Dream focused = dream(spec(1, 1, 1.5), source, NONE, 1, Optional.of(focus(2, 2)));
    Dream larger = dream(spec(1, 1, 3), source, NONE, 1, Optional.empty());
    for (int i = 0; i < source.rgb().length; i++) {
      assertThat(focused.image().rgb()[i]).isCloseTo(larger.image().rgb()[i], within(1e-4f));
    }
    assertThat(focused.residual().meanAbs()).isCloseTo(3, within(1e-2));
  }

  @Test
  void placesWithoutFocusDoNotSteerFourierSteps() {
    Image source = photo(8);
    float[] rgb = source.rgb().clone();
    float[] other = photo(9).rgb();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = column(i) < 16 ? other[i] : rgb[i];
    }
    Image elsewhere = new Image(SIZE, rgb);
    Optional<float[]> right = Optional.of(focus(0, 1));
    Image one = dream(fourier(), source, NONE, 1, right).image();
    Image two = dream(fourier(), elsewhere, NONE, 1, right).image();
    for (int i = 0; i < rgb.length; i++) {
      if (column(i) >= 40 && column(i) < 54) {
        assertThat(one.rgb()[i]).isCloseTo(two.rgb()[i], within(0.05f));
      }
    }
    assertThat(changeRightOf(32, source, one)).isGreaterThan(1);
  }

  @Test
  void theWarmStartSetsTheNumberOfSteps() {
    Dream shorter = dream(spec(2), photo(6), NONE, 3, Optional.empty());
    assertThat(shorter.steps()).isEqualTo(6);
    assertThat(shorter.image().rgb())
        .isEqualTo(dream(spec(2, 3, 1.5), photo(6), Optional.empty()).image().rgb());
  }

  @Test
  void theResidualIncludesThatOfTheWarmStart() {
    Image source = photo(7);
    Residual residual = new Residual(SIZE, filled(SIZE.height() * SIZE.width() * 3, 30));
    Dream dream = dream(spec(1), source, residual, 1, Optional.of(focus(0.01f, 0.01f)));
    assertThat(dream.residual().meanAbs()).isCloseTo(30, within(0.1));
    assertThat(dream.residual().addTo(source, 1).rgb()[9])
        .isCloseTo(dream.image().rgb()[9], within(1e-3f));
  }

  @Test
  void aFocusOfAnotherSizeAndZeroIterationsAreRejected() {
    assertThatThrownBy(() -> new WarmStart(NONE, 1, Optional.of(new float[7])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a focus map of 7 pixels does not fit an image of 64x48 px");
    assertThatThrownBy(() -> new WarmStart(NONE, 0, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a warm start needs at least 1 iteration, not 0");
  }

  @Test
  void aFrameWithoutGradientIsValidButAStillIsRejected() {
    try (Network dead = TestNetworks.small(0)) {
      Dreamer dreamer = new Dreamer(dead, spec(2));
      Dream dream = dreamer.dream(photo(8), 40, Optional.empty());
      assertThat(dream.hasNoGradient()).isTrue();
      assertThat(dream.image().rgb()).isEqualTo(photo(8).rgb());
      assertThatThrownBy(() -> dreamer.dream(photo(8), 40))
          .isInstanceOf(DreamException.class)
          .hasMessageContaining("nothing to dream");
    }
    assertThat(dream(spec(2), photo(8), Optional.empty()).hasNoGradient()).isFalse();
  }

  private static Dream dream(
      DreamSpec spec, Image source, Residual residual, int iterations, Optional<float[]> focus) {
    return dream(spec, source, Optional.of(new WarmStart(residual, iterations, focus)));
  }

  private static Dream dream(DreamSpec spec, Image source, Optional<WarmStart> warmStart) {
    return new Dreamer(SMALL.network(), spec).dream(source, 40, warmStart);
  }

  private static DreamSpec spec(int octaves) {
    return spec(octaves, ITERATIONS, 1.5);
  }

  private static DreamSpec spec(int octaves, int iterations, double step) {
    return DreamSpec.plain(octave(iterations, step, 0), new Octaves(octaves, 1.4), 8, 11);
  }

  private static DreamSpec fourier() {
    return new DreamSpec(
        octave(1, 1.5, 0),
        List.of(),
        new Octaves(1, 1.4),
        Robustness.jitter(0),
        Priors.NONE,
        Parameterisation.FOURIER,
        1,
        11);
  }

  private static Image photo(long seed) {
    return TestDreams.photo(SIZE, seed);
  }

  private static Residual noise(long seed, double largest) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rgb = new float[SIZE.height() * SIZE.width() * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (largest * (2 * random.nextDouble() - 1));
    }
    return new Residual(SIZE, rgb);
  }

  private static float[] focus(float left, float right) {
    float[] focus = new float[SIZE.height() * SIZE.width()];
    for (int i = 0; i < focus.length; i++) {
      focus[i] = i % SIZE.width() < 32 ? left : right;
    }
    return focus;
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  private static int column(int i) {
    return i / 3 % SIZE.width();
  }

  private static double changeRightOf(int column, Image before, Image after) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < before.rgb().length; i++) {
      if (column(i) >= column) {
        sum += Math.abs(after.rgb()[i] - before.rgb()[i]);
        count++;
      }
    }
    return sum / count;
  }
}
