package io.reverie.core.dream.image;

import static io.reverie.core.dream.TestDreams.octave;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.SmallNetwork;
import io.reverie.core.dream.TestDreams;
import io.reverie.core.dream.param.Parameterisation;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskTest {

  private static final Size SIZE = new Size(64, 48);

  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  @Test
  void aWholeMaskHasNoEffect() {
    Dream plain = dreamer(Parameterisation.PIXELS, 0).dream(photo(), 7);
    Dream whole = dreamer(Parameterisation.PIXELS, 0).dream(photo(), Mask.whole(SIZE), 7);
    assertThat(whole.image().rgb()).isEqualTo(plain.image().rgb());
  }

  @Test
  void anEmptyMaskLeavesTheImageUnchanged() {
    Dream dream = dreamer(Parameterisation.PIXELS, 0).dream(photo(), mask(i -> 0), 7);
    assertThat(dream.image().rgb()).isEqualTo(photo().rgb());
    assertThat(dream.steps()).isZero();
    assertThat(dream.hasNoGradient()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aHalfMaskChangesOnlyThatHalfAtFullStrength(Parameterisation how) {
    Dreamer dreamer = dreamer(how, 0);
    Dream all = dreamer.dream(photo(), 7);
    Dream half = dreamer.dream(photo(), mask(i -> column(i) < 32 ? 1 : 0), 7);
    for (int i = 0; i < half.image().rgb().length; i++) {
      if (column(i / 3) >= 32) {
        assertThat(half.image().rgb()[i]).isEqualTo(photo().rgb()[i]);
        assertThat(half.residual().rgb()[i]).isZero();
      }
    }
    assertThat(left(half)).isCloseTo(left(all), within(0.35 * left(all)));
  }

  @Test
  void theBlurAfterEachStepRespectsTheMask() {
    Dream half =
        dreamer(Parameterisation.PIXELS, 2).dream(photo(), mask(i -> column(i) < 32 ? 1 : 0), 7);
    for (int i = 0; i < half.image().rgb().length; i++) {
      if (column(i / 3) >= 32) {
        assertThat(half.image().rgb()[i]).isEqualTo(photo().rgb()[i]);
      }
    }
    double lone = left(dreamer(Parameterisation.PIXELS, 2).dream(photo(), 7));
    assertThat(left(half)).isCloseTo(lone, within(0.2 * lone));
  }

  @Test
  void aGreyMaskIsWeakerThanAWhiteOne() {
    Dreamer dreamer = dreamer(Parameterisation.PIXELS, 0);
    double all = dreamer.dream(photo(), 7).residual().meanAbs();
    double third = dreamer.dream(photo(), mask(i -> 1 / 3.0), 7).residual().meanAbs();
    assertThat(third / all).isBetween(0.2, 0.5);
  }

  @Test
  void aSmallerDreamReachesAtMostTwoOfItsPixelsBeyondTheMask() {
    Image large = Dreamer.sized(photo(), new Size(128, 96));
    Dream dream =
        dreamer(Parameterisation.PIXELS, 0).dream(large, mask(i -> column(i) < 32 ? 1 : 0), 7);
    double changed = 0;
    for (int i = 0; i < large.rgb().length; i++) {
      boolean beyond = i / 3 % 128 >= 64 + 4;
      double change = Math.abs(dream.image().rgb()[i] - large.rgb()[i]);
      changed += change;
      assertThat(beyond && change > 0).isFalse();
    }
    assertThat(changed).isGreaterThan(large.rgb().length);
  }

  @Test
  void aMaskNeedsOneValueInZeroToOnePerPixel() {
    assertThatThrownBy(() -> new Mask(SIZE, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> mask(i -> 1.1)).hasMessageContaining("from 0 to 1, not 1.1");
    assertThatThrownBy(() -> mask(i -> Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThat(mask(i -> column(i) < 16 ? 1 : 0).mean()).isEqualTo(0.25);
  }

  private static double left(Dream dream) {
    double sum = 0;
    for (int i = 0; i < dream.residual().rgb().length; i++) {
      sum += column(i / 3) < 28 ? Math.abs(dream.residual().rgb()[i]) : 0;
    }
    return sum;
  }

  private static int column(int place) {
    return place % SIZE.width();
  }

  private static Mask mask(IntToDoubleFunction weight) {
    float[] weights = new float[SIZE.height() * SIZE.width()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) weight.applyAsDouble(i);
    }
    return new Mask(SIZE, weights);
  }

  private static Dreamer dreamer(Parameterisation how, double blur) {
    DreamSpec spec = DreamSpec.plain(octave(4, 2, blur), new Octaves(2, 1.4), 4, 3);
    return new Dreamer(SMALL.network(), spec.withParameterisation(how));
  }

  private static Image photo() {
    return TestDreams.photo(SIZE, 5, 60, 190);
  }
}
