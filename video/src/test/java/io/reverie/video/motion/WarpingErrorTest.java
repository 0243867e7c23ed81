package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WarpingErrorTest {

  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;

  private final SplittableRandom random = new SplittableRandom(4);

  private float[] values(int count, double from, double to) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }

  /** Lai et al., with the frame before warped as a whole; some positions are outside. */
  @Test
  void itIsTheMeanSquaredDifferenceFromTheWarpedFrame() {
    float[] before = values(3 * WIDTH * HEIGHT, 0, 255);
    float[] now = values(3 * WIDTH * HEIGHT, 0, 255);
    FlowField flow = new FlowField(WIDTH, HEIGHT, values(2 * WIDTH * HEIGHT, -9, 9));
    float[] consistency = values(WIDTH * HEIGHT, 0, 1);
    Arrays.fill(consistency, 0, WIDTH, 0);

    float[] warped = Interpolation.LINEAR.warp(before, 3, flow);
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < now.length; i++) {
      double difference = (now[i] - warped[i]) / 255.0;
      sum += consistency[i / 3] * difference * difference;
      weight += consistency[i / 3];
    }
    assertThat(WarpingError.of(before, now, new Motion(flow, consistency)))
        .isCloseTo(sum / weight, within(1e-6));
  }

  @Test
  void anUnmovedFrameHasNone() {
    float[] frame = values(3 * WIDTH * HEIGHT, 0, 255);
    assertThat(WarpingError.of(frame, frame, Motion.none(WIDTH, HEIGHT))).isZero();
  }

  @Test
  void itIsUnknownWhereHardlyAnythingIsInCommon() {
    float[] frame = values(3 * WIDTH * HEIGHT, 0, 255);
    float[] consistency = new float[WIDTH * HEIGHT];
    Arrays.fill(consistency, 0, consistency.length / 21, 1);
    Motion motion =
        new Motion(new FlowField(WIDTH, HEIGHT, new float[2 * WIDTH * HEIGHT]), consistency);
    assertThat(WarpingError.of(frame, frame, motion)).isNaN();
  }
}
