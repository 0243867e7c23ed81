package io.reverie.temporal.carry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.temporal.carry.FocusRule.Start;
import io.reverie.temporal.measure.FrameMeter;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.OpticalFlow;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A textured square that moves over a textured background. */
class OccluderTest {

  private static final Size SIZE = new Size(200, 120);
  private static final int SIDE = 60;
  private static final int TOP = 30;
  private static final float DREAMED = 60;

  /** The dream of the square moves with it and does not stay on the uncovered background. */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 8})
  void theDreamOfAMovingSquareIsNotSmearedOntoTheBackground(int speed) {
    FocusRule rule = new FocusRule(0.97, 10, 2, Interpolation.LANCZOS);
    double uncovered = 0;
    double inside = 0;
    int frames = 6;
    try (OpticalFlow flow = FlowMethod.MEDIUM.open()) {
      for (int t = 1; t <= frames; t++) {
        int left = 20 + speed * t;
        Image now = picture(left);
        Motion motion =
            Motion.between(FrameMeter.grey(picture(left - speed)), FrameMeter.grey(now), flow, 1);
        Start start = rule.start(now, onSquare(left - speed), motion, Mask.whole(SIZE), 20);
        float[] carried = start.warmStart().residual().rgb();
        uncovered += mean(carried, left - speed, left) / frames;
        inside += mean(carried, left + 8, left + SIDE - 8) / frames;
      }
    }
    assertThat(inside).isGreaterThan(0.9 * DREAMED);
    assertThat(uncovered).isLessThan(0.15 * DREAMED);
  }

  /** Returns the mean over columns in the rows of the square, without its corners. */
  private static double mean(float[] rgb, int from, int to) {
    double sum = 0;
    for (int y = TOP + 8; y < TOP + SIDE - 8; y++) {
      for (int x = from; x < to; x++) {
        sum += Math.abs(rgb[(y * SIZE.width() + x) * 3]);
      }
    }
    return sum / ((SIDE - 16) * (to - from));
  }

  private static CarriedState onSquare(int left) {
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    for (int y = TOP; y < TOP + SIDE; y++) {
      int row = y * SIZE.width();
      Arrays.fill(rgb, (row + left) * 3, (row + left + SIDE) * 3, DREAMED);
    }
    return CarriedState.whole(new Residual(SIZE, rgb), Mask.whole(SIZE));
  }

  private static Image picture(int left) {
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    for (int i = 0; i < SIZE.width() * SIZE.height(); i++) {
      int x = i % SIZE.width();
      int y = (i - x) / SIZE.width();
      boolean square = x >= left && x < left + SIDE && y >= TOP && y < TOP + SIDE;
      double level =
          square ? TestPictures.texture(x - left, y, 2.1) : TestPictures.texture(x, y + 40, 1.3);
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (float) level);
    }
    return new Image(SIZE, rgb);
  }
}
