package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares warped values with those of a known function between pixels. */
class InterpolationTest {

  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  /** Multiples of 1/32 px are not rounded. */
  private static final double RIGHT = 1.40625;

  private static final double DOWN = -2.53125;

  private static FlowField shift(double right, double down) {
    float[] xy = new float[WIDTH * HEIGHT * 2];
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = (float) right;
      xy[i + 1] = (float) down;
    }
    return new FlowField(WIDTH, HEIGHT, xy);
  }

  /** Returns the mean error of a fractional shift away from the border. */
  private static double error(Interpolation interpolation, Texture texture) {
    float[] values = texture.seen(WIDTH, HEIGHT, Movement::still);
    float[] moved = interpolation.warp(values, 1, shift(RIGHT, DOWN));
    double sum = 0;
    int count = 0;
    for (int y = 8; y < HEIGHT - 8; y++) {
      for (int x = 8; x < WIDTH - 8; x++) {
        sum += Math.abs(moved[y * WIDTH + x] - texture.at(x + RIGHT, y + DOWN));
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void lanczosIsMoreAccurateThanCubicAndCubicThanLinear() {
    Texture texture = new Texture(2, 6);

    assertThat(error(Interpolation.LINEAR, texture)).isLessThan(1.9);
    assertThat(error(Interpolation.CUBIC, texture)).isLessThan(0.75);
    assertThat(error(Interpolation.LANCZOS, texture)).isLessThan(0.14);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void smoothValuesAreInterpolatedAccurately(Interpolation interpolation) {
    assertThat(error(interpolation, new Texture(3, 20))).isLessThan(0.17);
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void zeroFlowChangesNoBit(Interpolation interpolation) {
    float[] values = random(WIDTH * HEIGHT * 3);

    assertThat(interpolation.warp(values, 3, shift(0, 0))).isEqualTo(values);
  }

  private static float[] random(int count) {
    Random random = new Random(4);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (300 * random.nextGaussian());
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void wholePixelShiftsAreExactAndTheBorderIsRepeated(Interpolation interpolation) {
    float[] values = random(WIDTH * HEIGHT * 3);

    float[] moved = interpolation.warp(values, 3, shift(3, -2));

    for (int i = 0; i < moved.length; i++) {
      int pixel = i / 3;
      int row = pixel / WIDTH;
      int x = Math.min(WIDTH - 1, pixel - row * WIDTH + 3);
      int y = Math.max(0, row - 2);
      assertThat(moved[i]).isEqualTo(values[(y * WIDTH + x) * 3 + i % 3]);
    }
  }
}
