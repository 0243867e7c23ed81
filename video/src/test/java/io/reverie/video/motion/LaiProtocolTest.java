package io.reverie.video.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.motion.LaiProtocol.Visible;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The published warping error, on analytic cases and against a second implementation. */
class LaiProtocolTest {

  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;

  @Test
  void aPictureThatMovesHasNoErrorAndABrighterOneTheSquareOfTheDifference() {
    float[] frame = picture(0, 0);
    float[] next = picture(3, -2);
    Visible visible = Visible.of(uniform(3, -2), uniform(-3, 2));
    assertThat(LaiProtocol.error(frame, next, visible)).isZero();
    float[] brighter = next.clone();
    for (int i = 0; i < brighter.length; i += 3) {
      brighter[i] += 51;
    }
    // A difference of 0.2 in one of three channels.
    assertThat(LaiProtocol.error(frame, brighter, visible)).isCloseTo(0.04 / 3, within(1e-8));
  }

  /** Textured in the middle, and grey where it leaves the frame. */
  private static float[] picture(int right, int down) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    Arrays.fill(rgb, 100);
    for (int y = 8; y < HEIGHT - 8; y++) {
      for (int x = 8; x < WIDTH - 8; x++) {
        for (int c = 0; c < 3; c++) {
          rgb[3 * ((y + down) * WIDTH + x + right) + c] = (x * 7 + y * 13 + c * 50) % 200;
        }
      }
    }
    return rgb;
  }

  private static FlowField uniform(float x, float y) {
    float[] xy = new float[WIDTH * HEIGHT * 2];
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = x;
      xy[i + 1] = y;
    }
    return new FlowField(WIDTH, HEIGHT, xy);
  }

  @Test
  void motionBoundariesAndPixelsThatAreCoveredDoNotCount() {
    FlowField forward = uniform(0, 0);
    // A square moves to the right and covers four columns of a background without motion.
    for (int y = 10; y < 30; y++) {
      for (int x = 10; x < 20; x++) {
        forward.xy()[2 * (y * WIDTH + x)] = 4;
      }
    }
    FlowField backward = uniform(0, 0);
    for (int y = 10; y < 30; y++) {
      for (int x = 14; x < 24; x++) {
        backward.xy()[2 * (y * WIDTH + x)] = -4;
      }
    }
    Visible visible = Visible.of(forward, backward);
    assertThat(visible.mask()[20 * WIDTH + 12]).as("inside").isEqualTo(1);
    assertThat(visible.mask()[20 * WIDTH + 30]).as("background").isEqualTo(1);
    assertThat(visible.mask()[20 * WIDTH + 22]).as("covered").isZero();
    assertThat(visible.mask()[20 * WIDTH + 9]).as("left of its edge").isZero();
    assertThat(visible.mask()[20 * WIDTH + 10]).as("within its edge").isEqualTo(1);
    float[] frame = picture(0, 0);
    float[] next = frame.clone();
    Arrays.fill(next, 3 * (20 * WIDTH + 22), 3 * (20 * WIDTH + 23), 255);
    Visible still = new Visible(uniform(0, 0), visible.mask());
    assertThat(LaiProtocol.error(frame, next, still)).isZero();
  }

  @Test
  void withoutAVisiblePixelTheErrorIsZero() {
    Visible none = new Visible(uniform(0, 0), new float[WIDTH * HEIGHT]);
    assertThat(LaiProtocol.error(picture(0, 0), picture(3, 2), none)).isZero();
  }

  @Test
  void itEqualsASecondImplementationForAnyFlow() {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FlowField forward = flow(random, seed % 4);
      FlowField backward = flow(random, seed % 4);
      float[] frame = noise(random);
      float[] next = noise(random);
      Reference reference = Reference.of(forward, backward);
      Visible visible = Visible.of(forward, backward);
      assertThat(visible.mask()).isEqualTo(reference.visible());
      assertThat(LaiProtocol.error(frame, next, visible))
          .isCloseTo(reference.error(frame, next), within(1e-6));
    }
  }

  private static float[] noise(SplittableRandom random) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(256);
    }
    return rgb;
  }

  /** Of multiples of 1/32 px, which are exact in OpenCV, and piecewise constant. */
  private static FlowField flow(SplittableRandom random, int size) {
    FlowField flow = uniform(0, 0);
    for (int i = 0; i < flow.xy().length; i++) {
      boolean changes = random.nextInt(6) == 0 || i < 2;
      flow.xy()[i] = changes ? random.nextInt(-16 * size, 16 * size + 1) / 32f : flow.xy()[i - 2];
    }
    return flow;
  }

  @Test
  void theErrorOfATexturedPictureAlongMeasuredFlowIsSmall() {
    Texture texture = new Texture(3, 12);
    GreyImage frame = Movement.SHIFT.earlier(texture);
    GreyImage next = Movement.SHIFT.later(texture);
    try (OpticalFlow flow = FlowMethod.MEDIUM.open()) {
      Visible visible = Visible.between(frame, next, flow);
      double error = LaiProtocol.error(rgb(frame), rgb(next), visible);
      Visible still =
          new Visible(new FlowField(160, 120, new float[160 * 120 * 2]), visible.mask());
      assertThat(error).isLessThan(0.1 * LaiProtocol.error(rgb(frame), rgb(next), still));
    }
  }

  private static float[] rgb(GreyImage grey) {
    float[] rgb = new float[grey.levels().length * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = Byte.toUnsignedInt(grey.levels()[i / 3]);
    }
    return rgb;
  }

  /** The published formulas in float64, pixel by pixel. */
  private record Reference(FlowField forward, float[] visible) {

    static Reference of(FlowField u, FlowField w) {
      float[] visible = new float[WIDTH * HEIGHT];
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double ux = at(u.xy(), 2, x, y, 0);
          double uy = at(u.xy(), 2, x, y, 1);
          double wx = sample(w.xy(), 2, x + ux, y + uy, 0);
          double wy = sample(w.xy(), 2, x + ux, y + uy, 1);
          double gap = Math.pow(ux + wx, 2) + Math.pow(uy + wy, 2);
          double own = ux * ux + uy * uy;
          boolean occluded = gap > 0.01 * (own + wx * wx + wy * wy) + 0.5;
          double gradient = 0;
          for (int c = 0; c < 2; c++) {
            double here = at(u.xy(), 2, x, y, c);
            gradient += Math.pow(at(u.xy(), 2, x + 1, y, c) - here, 2);
            gradient += Math.pow(at(u.xy(), 2, x, y + 1, c) - here, 2);
          }
          visible[y * WIDTH + x] = occluded || gradient > 0.01 * own + 0.002 ? 0 : 1;
        }
      }
      return new Reference(u, visible);
    }

    double error(float[] frame, float[] next) {
      double sum = 0;
      double count = 0;
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          double there = visible[y * WIDTH + x];
          double toX = x + at(forward.xy(), 2, x, y, 0);
          double toY = y + at(forward.xy(), 2, x, y, 1);
          for (int c = 0; c < 3; c++) {
            double gap = sample(next, 3, toX, toY, c) - at(frame, 3, x, y, c);
            sum += there * Math.pow(gap / 255, 2);
            count += there;
          }
        }
      }
      return count == 0 ? 0 : sum / count;
    }

    private static double sample(float[] values, int channels, double x, double y, int c) {
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      double a = x - left;
      double b = y - top;
      return (1 - b) * (1 - a) * at(values, channels, left, top, c)
          + (1 - b) * a * at(values, channels, left + 1, top, c)
          + b * (1 - a) * at(values, channels, left, top + 1, c)
          + b * a * at(values, channels, left + 1, top + 1, c);
    }

    private static double at(float[] values, int channels, int x, int y, int c) {
      int column = Math.max(0, Math.min(WIDTH - 1, x));
      int row = Math.max(0, Math.min(HEIGHT - 1, y));
      return values[(row * WIDTH + column) * channels + c];
    }
  }
}
