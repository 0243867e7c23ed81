package io.reverie.temporal.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Image;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrengthTargetTest {

  private static final double ASCENT_LENGTH = 15;

  @Test
  void theTargetIsTheStrengthOfTheFirstFrame() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.contrast(128, 30), TestPictures.WHOLE, ASCENT_LENGTH, 17.5);
    assertThat(
            target.strength(
                TestPictures.contrast(128, 30),
                TestPictures.WHOLE,
                ASCENT_LENGTH,
                0,
                StrengthTargetTest::never))
        .isEqualTo(17.5);
  }

  @Test
  void aBlackFirstFrameHasZeroStrength() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.flat(0), TestPictures.WHOLE, ASCENT_LENGTH, 0);
    assertThat(
            target.strength(
                TestPictures.flat(0),
                TestPictures.WHOLE,
                ASCENT_LENGTH,
                0,
                StrengthTargetTest::never))
        .isZero();
  }

  @Test
  void constantContrastNeedsNoNewMeasurement() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.contrast(128, 30), TestPictures.WHOLE, ASCENT_LENGTH, 17.5);
    for (int frame = 0; frame < 60; frame++) {
      Image bitLivelier = TestPictures.contrast(60 + 2 * frame, 30 + 10 * Math.sin(frame));
      assertThat(
              target.strength(
                  bitLivelier, TestPictures.WHOLE, ASCENT_LENGTH, 0, StrengthTargetTest::never))
          .isEqualTo(17.5);
    }
  }

  @Test
  void aFadeFromBlackMeasuresAtMostEveryThreeFrames() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.flat(0), TestPictures.WHOLE, ASCENT_LENGTH, 0.5);
    List<Integer> asked = new ArrayList<>();
    double strength = 0;
    for (int frame = 1; frame <= 40; frame++) {
      int now = frame;
      double contrast = Math.min(60, 2 * frame);
      strength =
          target.strength(
              TestPictures.contrast(100, contrast),
              TestPictures.WHOLE,
              ASCENT_LENGTH,
              0,
              () -> {
                asked.add(now);
                return contrast / 3;
              });
    }
    assertThat(asked).startsWith(3).hasSizeBetween(2, 8);
    for (int i = 1; i < asked.size(); i++) {
      assertThat(asked.get(i) - asked.get(i - 1)).isGreaterThanOrEqualTo(3);
    }
    assertThat(strength).isBetween(20 / 1.6, 20.0);
  }

  @Test
  void aFadeToBlackMeasuresAgain() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.contrast(100, 60), TestPictures.WHOLE, ASCENT_LENGTH, 20);
    double strength = 0;
    for (int frame = 1; frame <= 7; frame++) {
      strength =
          target.strength(
              TestPictures.contrast(100, 5), TestPictures.WHOLE, ASCENT_LENGTH, 0, () -> 3);
      assertThat(strength).isEqualTo(frame < 3 ? 20 : 3);
    }
  }

  @Test
  void uniformBrighteningKeepsTheContrast() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.contrast(60, 20), TestPictures.WHOLE, ASCENT_LENGTH, 9);
    for (int frame = 0; frame < 20; frame++) {
      assertThat(
              target.strength(
                  TestPictures.contrast(200, 20),
                  TestPictures.WHOLE,
                  ASCENT_LENGTH,
                  0,
                  StrengthTargetTest::never))
          .isEqualTo(9);
    }
  }

  @Test
  void theStrengthScalesWithTheAscentLength() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.contrast(128, 30), TestPictures.WHOLE, 12, 17.5);
    assertThat(
            target.strength(
                TestPictures.contrast(128, 30),
                TestPictures.WHOLE,
                36,
                0,
                StrengthTargetTest::never))
        .isEqualTo(52.5);
    StrengthTarget.State kept = target.state();
    StrengthTarget other = new StrengthTarget();
    other.resume(kept);
    assertThat(
            other.strength(
                TestPictures.contrast(128, 30),
                TestPictures.WHOLE,
                6,
                0,
                StrengthTargetTest::never))
        .isEqualTo(8.75);
  }

  @Test
  void aChangeOfObjectivesByAQuarterMeasuresAgain() {
    StrengthTarget target = new StrengthTarget();
    target.measure(TestPictures.contrast(128, 30), TestPictures.WHOLE, ASCENT_LENGTH, 17.5);
    List<Integer> asked = new ArrayList<>();
    for (int frame = 1; frame <= 40; frame++) {
      int now = frame;
      target.strength(
          TestPictures.contrast(128, 30),
          TestPictures.WHOLE,
          ASCENT_LENGTH,
          0.03125,
          () -> {
            asked.add(now);
            return 20;
          });
    }
    assertThat(asked).containsExactly(8, 16, 24, 32, 40);
  }

  private static double never() {
    throw new AssertionError("a frame was dreamed alone aside for nothing");
  }
}
