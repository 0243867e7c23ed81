package io.reverie.temporal.mask;

import io.reverie.temporal.carry.TestPictures;
import io.reverie.video.Frame;
import java.util.Optional;

/** A textured square that moves over a textured background. */
final class MovingSquare {

  static final int WIDTH = 160;
  static final int HEIGHT = 96;
  static final int SIDE = 40;

  private MovingSquare() {}

  /** Returns the left edge of the square. */
  static int left(int frame) {
    return 10 + 3 * frame;
  }

  /** Returns the upper edge of the square. */
  static int top(int frame) {
    return 20 + frame / 2;
  }

  static boolean covers(int frame, int x, int y) {
    boolean across = x >= left(frame) && x < left(frame) + SIDE;
    return across && y >= top(frame) && y < top(frame) + SIDE;
  }

  static Frame frame(int number) {
    return frame(
        number,
        (x, y) ->
            covers(number, x, y)
                ? TestPictures.texture(x - left(number), y - top(number), 2.1) + 30
                : TestPictures.texture(x, y + 40, 1.3) - 30);
  }

  /** Returns a mask that is white on the square. */
  static Frame mask(int number) {
    return frame(number, (x, y) -> covers(number, x, y) ? 255 : 0);
  }

  /** Returns the overlap of two masks divided by their union. */
  static double overlap(float[] weights, int number) {
    double both = 0;
    double either = 0;
    for (int i = 0; i < weights.length; i++) {
      double true1 = covers(number, i % WIDTH, i / WIDTH) ? 1 : 0;
      both += Math.min(true1, weights[i]);
      either += Math.max(true1, weights[i]);
    }
    return both / either;
  }

  interface Level {
    double at(int x, int y);
  }

  static Frame frame(int number, Level level) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) level.at(i / 3 % WIDTH, i / 3 / WIDTH);
    }
    return new Frame(WIDTH, HEIGHT, rgb, Optional.empty(), 40L * number, false);
  }
}
