package io.reverie.temporal.zoom;

import io.reverie.core.Size;

/**
 * A picture taken apart by the fineness of its detail (the à trous wavelets of Holschneider et al.
 * 1989, with Burt and Adelson's filter): band k is what a blur of 2^k px takes away from the blur
 * before, and the rest is what they all leave. Together they are the picture.
 */
final class ToneBands {

  private static final float[] FILTER = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

  /** The rest has at least so many independent places along the shorter side. */
  private static final int REST = 8;

  private ToneBands() {}

  /** Sees one band after the other, the finest first and the rest last. */
  interface Visitor {

    /**
     * Takes a band.
     *
     * @param band {@code height * width * 3} values, the visitor's own
     */
    void take(int k, float[] band);
  }

  /**
   * Takes something apart.
   *
   * @param values three interleaved planes, left as they are
   */
  static void split(float[] values, Size size, Visitor visitor) {
    int count = count(size);
    float[] rest = values.clone();
    for (int k = 0; k < count; k++) {
      float[] blurred = blurred(rest, size, 1 << k);
      for (int i = 0; i < rest.length; i++) {
        rest[i] -= blurred[i];
      }
      visitor.take(k, rest);
      rest = blurred;
    }
    visitor.take(count, rest);
  }

  /** How many bands a picture of this size has beside the rest. */
  static int count(Size size) {
    int count = 0;
    while (Math.min(size.height(), size.width()) >> (count + 1) >= REST) {
      count++;
    }
    return count;
  }

  private static float[] blurred(float[] values, Size size, int step) {
    int width = size.width();
    int height = size.height();
    float[] rows = new float[values.length];
    float[] both = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int n = 0; n < FILTER.length; n++) {
          int from = 3 * (y * width + mirrored(x + (n - 2) * step, width));
          int to = 3 * (y * width + x);
          for (int c = 0; c < 3; c++) {
            rows[to + c] += FILTER[n] * values[from + c];
          }
        }
      }
    }
    for (int y = 0; y < height; y++) {
      for (int n = 0; n < FILTER.length; n++) {
        int from = 3 * width * mirrored(y + (n - 2) * step, height);
        int to = 3 * width * y;
        for (int i = 0; i < 3 * width; i++) {
          both[to + i] += FILTER[n] * rows[from + i];
        }
      }
    }
    return both;
  }

  private static int mirrored(int at, int side) {
    int folded = Math.abs(at);
    return folded < side ? folded : Math.max(0, 2 * (side - 1) - folded);
  }
}
