package io.reverie.temporal.carry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FocusRuleTest {

  private static final double TARGET = 20;
  private static final float CAP = 5;
  private static final Image GREY = TestPictures.flat(128);
  private static final Motion ALL = TestPictures.still(i -> 1);
  private static final Motion NOTHING = TestPictures.still(i -> 0);
  private static final Motion RIGHT_HALF_NEW =
      TestPictures.still(i -> TestPictures.column(i) < 32 ? 1 : 0);
  private static final Motion STRIP_NEW =
      TestPictures.still(i -> TestPictures.column(i) < 61 ? 1 : 0);

  @ParameterizedTest
  @CsvSource({"5, 1", "10, 1", "10, 2", "12, 2", "20, 2"})
  void aCompleteDreamIsRefreshedByOneHundredth(int iterations, int largestStep) {
    FocusRule rule = rule(0.95, iterations, largestStep);
    WarmStart warmStart =
        rule.start(
                GREY,
                TestPictures.carried(TestPictures.even(TARGET / 0.95)),
                ALL,
                TestPictures.WHOLE,
                TARGET)
            .warmStart();
    assertThat(warmStart.iterations()).isEqualTo(1);
    assertThat(TestPictures.least(focus(warmStart))).isCloseTo(0.01 * iterations, within(1e-3));
    assertThat(TestPictures.most(focus(warmStart))).isCloseTo(0.01 * iterations, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"5, 1, 5", "5, 2, 3", "10, 1, 10", "10, 2, 5", "20, 2, 10"})
  void withoutConsistencyTheFrameIsDreamedAsAlone(int iterations, int largestStep, int steps) {
    Start start =
        rule(0.95, iterations, largestStep)
            .start(
                GREY,
                TestPictures.carried(TestPictures.even(TARGET)),
                NOTHING,
                TestPictures.WHOLE,
                TARGET);
    assertThat(start.warmStart().iterations()).isEqualTo(steps);
    assertThat(start.warmStart().residual().meanAbs()).isZero();
    float[] focus = focus(start.warmStart());
    assertThat(TestPictures.least(focus) * steps).isCloseTo(iterations, within(1e-3));
    assertThat(TestPictures.most(focus) * steps).isCloseTo(iterations, within(1e-3));
    assertThat(TestPictures.least(start.shares())).isCloseTo(1, within(1e-5));
  }

  @Test
  void uncoveredPixelsGetMoreAndTheSumIsWhatIsMissing() {
    Start start = half(10, 2);
    float[] focus = focus(start.warmStart());
    assertThat(focus[40 + 64 * 20]).isGreaterThan(5 * focus[10 + 64 * 20]);
    double missing = 10 * (1 - start.warmStart().residual().meanAbs() / TARGET);
    assertThat(missing).isCloseTo(5.25, within(0.1));
    assertThat(start.warmStart().iterations()).isEqualTo(3);
    assertThat(TestPictures.mean(focus)).isCloseTo(missing / 3, within(1e-3));
  }

  @Test
  void aNarrowStripIsDreamedOverSeveralFrames() {
    Start start =
        rule(0.95, 10, 2)
            .start(
                GREY,
                TestPictures.carried(TestPictures.even(TARGET)),
                STRIP_NEW,
                TestPictures.WHOLE,
                TARGET);
    float[] focus = focus(start.warmStart());
    assertThat(focus[63 + 64 * 20]).isEqualTo(CAP);
    assertThat(start.warmStart().iterations()).isEqualTo(1);
    assertThat(start.shares()[63 + 64 * 20]).isBetween(0.7f, 0.8f);
    assertSpendsWhatIsMissing(start, 10);
  }

  @Test
  void theWholeBudgetIsSpentUnderTheCapForAnyUncoveredArea() {
    Random random = new Random(1);
    for (int round = 0; round < 120; round++) {
      int iterations = 3 + random.nextInt(20);
      double covered = random.nextDouble();
      double had = random.nextDouble();
      long seed = random.nextLong();
      CarriedState carried = new CarriedState(TestPictures.even(TARGET * had), shares(seed, had));
      Motion motion = TestPictures.still(i -> TestPictures.column(i) < covered * 64 ? 1 : 0);
      FocusRule rule = rule(random.nextBoolean() ? 0.9 : 0.95, iterations, 1 + round % 2);
      assertSpendsWhatIsMissing(
          rule.start(GREY, carried, motion, TestPictures.WHOLE, TARGET), iterations);
    }
  }

  @Test
  void theWholeBudgetIsSpentEvenIfMostPixelsAreCapped() {
    for (int uncovered = 1; uncovered < 64; uncovered++) {
      int covered = 64 - uncovered;
      Motion motion = TestPictures.still(i -> TestPictures.column(i) < covered ? 1 : 0);
      CarriedState carried = TestPictures.carried(TestPictures.even(TARGET));
      assertSpendsWhatIsMissing(
          rule(0.98, 19, 2).start(GREY, carried, motion, TestPictures.WHOLE, TARGET), 19);
    }
  }

  private static void assertSpendsWhatIsMissing(Start start, int iterations) {
    double there = start.warmStart().residual().meanAbs();
    double missing = iterations * Math.max(0.01, 1 - there / TARGET);
    int steps = start.warmStart().iterations();
    float[] focus = focus(start.warmStart());
    assertThat(TestPictures.least(focus)).isNotNegative();
    assertThat(TestPictures.most(focus)).isLessThanOrEqualTo(CAP);
    assertThat(TestPictures.mean(focus)).isCloseTo(missing / steps, within(1e-3 * missing / steps));
    assertThat(TestPictures.least(start.shares())).isNotNegative();
    assertThat(TestPictures.most(start.shares())).isLessThanOrEqualTo(1);
  }

  @Test
  void uncoveredPixelsCatchUpWithTheirNeighbours() {
    FocusRule rule = rule(0.95, 20, 1);
    int old = 5 + 64 * 20;
    int young = 63 + 64 * 20;
    Start start =
        rule.start(
            GREY,
            TestPictures.carried(TestPictures.even(TARGET)),
            STRIP_NEW,
            TestPictures.WHOLE,
            TARGET);
    float before = start.shares()[young];
    assertThat(before).isLessThan(0.8f);
    for (int frame = 0; before < 0.9; frame++) {
      assertThat(frame).isLessThan(6);
      start = rule.start(GREY, dreamed(start, 20), ALL, TestPictures.WHOLE, TARGET);
      assertThat(focus(start.warmStart())[young])
          .isGreaterThan(1.1f * focus(start.warmStart())[old]);
      assertThat(start.shares()[young]).isGreaterThan(before);
      before = start.shares()[young];
    }
    for (int frame = 0; frame < 40; frame++) {
      start = rule.start(GREY, dreamed(start, 20), ALL, TestPictures.WHOLE, TARGET);
    }
    assertThat(focus(start.warmStart())[young])
        .isCloseTo(focus(start.warmStart())[old], within(0.02f));
    assertThat(start.shares()[young]).isCloseTo(1, within(0.02f));
    assertThat(start.shares()[old]).isCloseTo(1, within(0.02f));
  }

  @ParameterizedTest
  @CsvSource({"LINEAR, 0, 0", "LANCZOS, 3, -2", "CUBIC, 0.4, 1.7", "LANCZOS, -5.3, 0.6"})
  void theStartIsTheCarriedDreamClippedToTheImage(Interpolation warp, float right, float down) {
    Image source = TestPictures.noisePicture(5);
    Residual residual = TestPictures.noise(6, 90);
    Motion moved =
        new Motion(TestPictures.moved(right, down).backward(), RIGHT_HALF_NEW.consistency());
    Residual warmStart =
        new FocusRule(0.9, 10, 2, warp)
            .start(source, TestPictures.carried(residual), moved, TestPictures.WHOLE, TARGET)
            .warmStart()
            .residual();
    float[] warped = warp.warp(residual.rgb(), 3, moved.backward());
    float[] soft = moved.feathered(1);
    int clipped = 0;
    for (int i = 0; i < warped.length; i++) {
      double wanted = source.rgb()[i] + 0.9 * soft[i / 3] * warped[i];
      double inside = Math.max(0, Math.min(255, wanted));
      clipped += inside == wanted ? 0 : 1;
      assertThat(warmStart.rgb()[i]).isEqualTo((float) (inside - source.rgb()[i]));
      assertThat(source.rgb()[i] + (double) warmStart.rgb()[i]).isBetween(-1e-5, 255 + 1e-5);
    }
    assertThat(clipped).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 1, 0.9", "10, 1, 0.9", "20, 1, 0.9", "5, 2, 0.9", "10, 2, 0.9", "20, 2, 0.9",
    "5, 1, 0.95", "10, 1, 0.95", "20, 1, 0.95", "5, 2, 0.95", "10, 2, 0.95", "20, 2, 0.95",
  })
  void aStillSceneKeepsItsStrength(int iterations, int largestStep, double carry) {
    FocusRule rule = rule(carry, iterations, largestStep);
    for (double begin : new double[] {0.3, 2}) {
      CarriedState carried = TestPictures.carried(TestPictures.even(begin * TARGET));
      for (int frame = 0; frame < 90; frame++) {
        carried = dreamed(rule.start(GREY, carried, ALL, TestPictures.WHOLE, TARGET), iterations);
        if (frame > 70) {
          assertThat(carried.residual().meanAbs()).isCloseTo(TARGET, within(0.05 * TARGET));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 1, 0.9", "10, 2, 0.95", "20, 2, 0.95", "20, 1, 0.9"})
  void aGraduallyUncoveredImageKeepsItsStrengthEverywhere(
      int iterations, int largestStep, double carry) {
    FocusRule rule = rule(carry, iterations, largestStep);
    CarriedState carried = TestPictures.carried(TestPictures.even(TARGET));
    for (int frame = 0; frame < 90; frame++) {
      int at = frame * 3 % 64;
      Motion motion =
          TestPictures.still(
              i -> TestPictures.column(i) >= at && TestPictures.column(i) < at + 3 ? 0 : 1);
      carried = dreamed(rule.start(GREY, carried, motion, TestPictures.WHOLE, TARGET), iterations);
      if (frame > 40) {
        assertThat(carried.residual().meanAbs()).isCloseTo(TARGET, within(0.1 * TARGET));
      }
    }
    assertThat(TestPictures.most(carried.residual().rgb())).isLessThan(1.6 * TARGET);
  }

  /** Simulates an ascent in which each step adds its share of the target. */
  private static CarriedState dreamed(Start start, int iterations) {
    float[] rgb = start.warmStart().residual().rgb().clone();
    float[] focus = focus(start.warmStart());
    double step = start.warmStart().iterations() * TARGET / iterations;
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] += (float) (step * focus[i / 3]);
    }
    return new CarriedState(new Residual(TestPictures.SIZE, rgb), start.shares());
  }

  private static Start half(int iterations, int largestStep) {
    return rule(0.95, iterations, largestStep)
        .start(
            GREY,
            TestPictures.carried(TestPictures.even(TARGET)),
            RIGHT_HALF_NEW,
            TestPictures.WHOLE,
            TARGET);
  }

  private static float[] shares(long seed, double mean) {
    Random random = new Random(seed);
    float[] shares = new float[TestPictures.PLACES];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) Math.min(1, 2 * mean * random.nextDouble());
    }
    return shares;
  }

  private static FocusRule rule(double carry, int iterations, int largestStep) {
    return new FocusRule(carry, iterations, largestStep, Interpolation.LANCZOS);
  }

  private static float[] focus(WarmStart warmStart) {
    return warmStart.focus().orElseThrow();
  }
}
