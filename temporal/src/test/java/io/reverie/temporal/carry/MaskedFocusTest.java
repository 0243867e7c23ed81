package io.reverie.temporal.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the focus rule under masks with a simulated ideal ascent. */
class MaskedFocusTest {

  private static final Image GREY = TestPictures.flat(100);
  private static final double TARGET = 10;
  private static final int ITERATIONS = 12;
  private static final Motion STILL = TestPictures.still(i -> 1);
  private static final FocusRule RULE = new FocusRule(0.95, ITERATIONS, 2, Interpolation.LANCZOS);

  /** Each pixel keeps its own strength over many frames. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9, 1})
  void aStillSceneKeepsTheStrengthOfItsMask(double grey) {
    Mask mask = mask(i -> TestPictures.column(i) < 20 ? 0 : TestPictures.column(i) < 40 ? grey : 1);
    CarriedState carried = CarriedState.whole(dreamed(mask), mask);
    for (int frame = 0; frame < 60; frame++) {
      Start start = RULE.start(GREY, carried, STILL, mask, TARGET);
      carried = ascended(start, mask);
    }
    assertThat(at(carried, 5)).isZero();
    assertThat(at(carried, 30)).isCloseTo(grey * TARGET, within(0.1 * grey * TARGET));
    assertThat(at(carried, 55)).isCloseTo(TARGET, within(0.1 * TARGET));
  }

  @Test
  void theDreamFollowsAMovedMask() {
    Mask left = mask(i -> TestPictures.column(i) < 32 ? 1 : 0);
    Mask right = mask(i -> TestPictures.column(i) < 32 ? 0 : 1);
    CarriedState carried = CarriedState.whole(dreamed(left), left);
    Start start = RULE.start(GREY, carried, STILL, right, TARGET);
    assertThat(TestPictures.most(start.warmStart().residual().rgb())).isZero();
    for (int frame = 0; frame < 8; frame++) {
      start = RULE.start(GREY, carried, STILL, right, TARGET);
      carried = ascended(start, right);
      assertThat(at(carried, 10)).isZero();
    }
    assertThat(at(carried, 50)).isCloseTo(TARGET, within(0.15 * TARGET));
  }

  /** Neither a ghost after the mask nor more than a whole dream under it. */
  @Test
  void aPulsatingMaskDoesNotAmplifyTheDream() {
    CarriedState carried = CarriedState.whole(dreamed(TestPictures.WHOLE), TestPictures.WHOLE);
    for (int frame = 0; frame < 80; frame++) {
      double level = 0.5 + 0.5 * Math.cos(frame * 0.4);
      Mask mask = mask(i -> TestPictures.column(i) < 32 ? level : 1);
      carried = ascended(RULE.start(GREY, carried, STILL, mask, TARGET), mask);
      if (frame > 20) {
        assertThat(at(carried, 10)).isLessThan(level * TARGET * 1.25 + 0.3);
        assertThat(at(carried, 50)).isBetween(0.8 * TARGET, 1.2 * TARGET);
      }
    }
  }

  @Test
  void aSmallMaskTakesNoMoreStepsThanAWholeOne() {
    Mask small = mask(i -> TestPictures.column(i) < 4 ? 1 : 0);
    Start some = RULE.start(GREY, CarriedState.whole(dreamed(small), small), STILL, small, TARGET);
    Start all =
        RULE.start(
            GREY,
            CarriedState.whole(dreamed(TestPictures.WHOLE), TestPictures.WHOLE),
            STILL,
            TestPictures.WHOLE,
            TARGET);
    assertThat(some.warmStart().iterations()).isEqualTo(all.warmStart().iterations());
    assertThat(some.warmStart().focus().orElseThrow()[2])
        .isCloseTo(all.warmStart().focus().orElseThrow()[2], within(1e-4f));
  }

  private static Mask mask(IntToDoubleFunction weight) {
    float[] weights = new float[TestPictures.PLACES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) weight.applyAsDouble(i);
    }
    return new Mask(TestPictures.SIZE, weights);
  }

  /** Returns the residual of a frame dreamed alone under a mask. */
  private static Residual dreamed(Mask mask) {
    float[] rgb = new float[3 * TestPictures.PLACES];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (TARGET * mask.weights()[i / 3]);
    }
    return new Residual(TestPictures.SIZE, rgb);
  }

  /** Simulates an ascent in which each step adds its share of the target. */
  private static CarriedState ascended(Start start, Mask mask) {
    float[] rgb = start.warmStart().residual().rgb().clone();
    float[] focus = start.warmStart().focus().orElseThrow();
    double step = start.warmStart().iterations() * TARGET / ITERATIONS;
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] += (float) (step * focus[i / 3] * mask.weights()[i / 3]);
    }
    return new CarriedState(new Residual(TestPictures.SIZE, rgb), start.shares());
  }

  private static double at(CarriedState carried, int column) {
    return carried.residual().rgb()[3 * (24 * 64 + column)];
  }
}
