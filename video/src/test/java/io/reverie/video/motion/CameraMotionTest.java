package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.motion.CameraMotion.Edge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares moved points with the formula. */
class CameraMotionTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;
  private static final CameraMotion STILL = new CameraMotion(1, 0, 0, 0);

  /** Returns a Gaussian spot. */
  private static float[] spot(double x, double y) {
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      int row = i / WIDTH;
      double distance = Math.hypot(i - row * WIDTH - x, row - y);
      values[i] = (float) (200 * Math.exp(-distance * distance / 8));
    }
    return values;
  }

  private static double[] centre(float[] values) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < values.length; i++) {
      int row = i / WIDTH;
      sum += values[i];
      x += values[i] * (i - row * WIDTH);
      y += values[i] * row;
    }
    return new double[] {x / sum, y / sum};
  }

  private static float[] moved(CameraMotion camera, float[] values) {
    return camera.move(values, 1, WIDTH, HEIGHT, Edge.EMPTY);
  }

  /** The image's centre is at 29.5, 19.5; one percent is 0.4 px. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 10, 0, 39.5, 19.5, 43.5, 19.5",
    "1, 0, 0, -10, 39.5, 19.5, 39.5, 15.5",
    "1.5, 0, 0, 0, 37.5, 13.5, 41.5, 10.5",
    "0.8, 0, 0, 0, 39.5, 19.5, 37.5, 19.5",
    "1, 90, 0, 0, 37.5, 19.5, 29.5, 11.5",
    "1, -90, 0, 0, 37.5, 19.5, 29.5, 27.5",
    "1.25, 30, 5, -2.5, 37.5, 23.5, 42.660254, 17.830127"
  })
  void pointsMoveByTheFormula(
      double zoom,
      double rotate,
      double x,
      double y,
      double fromX,
      double fromY,
      double toX,
      double toY) {
    double[] seen = centre(moved(new CameraMotion(zoom, rotate, x, y), spot(fromX, fromY)));
    assertThat(seen[0]).isCloseTo(toX, within(0.02));
    assertThat(seen[1]).isCloseTo(toY, within(0.02));
  }

  @Test
  void theIdentityChangesNoBit() {
    float[] values = spot(10.3, 20.7);
    assertThat(STILL.isStill()).isTrue();
    assertThat(moved(STILL, values)).isSameAs(values);
    assertThat(new CameraMotion(1, 360, 0, 0).isStill()).isFalse();
  }

  /** Rounded positions would freeze the centre for ever. */
  @Test
  void theCentreOfASlowZoomMoves() {
    float[] ramp = new float[WIDTH * HEIGHT];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % WIDTH;
    }
    float[] moved = moved(new CameraMotion(1.01, 0, 0, 0), ramp);
    for (int x = 3; x < WIDTH - 3; x++) {
      assertThat((double) moved[5 * WIDTH + x]).isCloseTo(29.5 + (x - 29.5) / 1.01, within(0.03));
    }
    assertThat((double) moved[5 * WIDTH + 29]).isCloseTo(29.00495, within(0.001));
    assertThat((double) moved[5 * WIDTH + 30]).isCloseTo(29.99505, within(0.001));
  }

  @ParameterizedTest
  @CsvSource({"1.03, 0", "1.2, 7", "0.95, -3", "1, 45"})
  void theInverseMotionRestoresTheImage(double zoom, double rotate) {
    float[] values = new Texture(2, 12).seen(WIDTH, HEIGHT, Movement::still);
    float[] there = moved(new CameraMotion(zoom, rotate, 0, 0), values);
    float[] back = moved(new CameraMotion(1 / zoom, -rotate, 0, 0), there);
    for (int row = 14; row < 26; row++) {
      for (int column = 22; column < 38; column++) {
        int i = row * WIDTH + column;
        assertThat(back[i]).isCloseTo(values[i], within(1.5f));
      }
    }
  }

  @Test
  void wholePixelShiftsAreExactAndEdgesAreMirroredOrEmpty() {
    float[] values = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 256) - 100;
    }
    // 12.5 % of 40 px to the right.
    CameraMotion right = new CameraMotion(1, 0, 12.5, 0);
    float[] mirrored = right.move(values, 3, WIDTH, HEIGHT, Edge.MIRRORED);
    float[] empty = right.move(values, 3, WIDTH, HEIGHT, Edge.EMPTY);
    for (int i = 0; i < values.length; i++) {
      int pixel = i / 3;
      int row = pixel / WIDTH;
      int from = pixel - row * WIDTH - 5;
      float there = values[(row * WIDTH + Math.abs(from)) * 3 + i % 3];
      assertThat(mirrored[i]).isEqualTo(there);
      assertThat(empty[i]).isEqualTo(from < 0 ? 0 : there);
    }
  }
}
