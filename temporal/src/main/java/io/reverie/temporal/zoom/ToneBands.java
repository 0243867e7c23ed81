package io.reverie.temporal.zoom;

import io.reverie.core.Size;

/**
 * Decomposes an image into frequency bands by à trous wavelets (Holschneider et al. 1989) with the
 * filter of Burt and Adelson. Band k is the difference between two successive blurs, the second of
 * 2^k px; the residue is the last blur. The bands and the residue sum to the image.
 */
final class ToneBands {

  private static final float[] FILTER = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

  /** Minimum number of independent samples of the residue along the shorter side. */
  private static final int REST = 8;

  private ToneBands() {}

  /** Receives the bands, finest first, and the residue last. */
  interface Visitor {

    /**
     * Receives a band.
     *
     * @param band {@code height * width * 3} values, which the visitor may change
     */
    void take(int k, float[] band);
  }

  /**
   * Decomposes an image.
   *
   * @param values three interleaved planes; not changed
   */
  static void split(float[] values, Size size, Visitor visitor) {
    int count = count(size);
    float[] residue = values.clone();
    for (int k = 0; k < count; k++) {
      float[] blurred = blurred(residue, size, 1 << k);
      for (int i = 0; i < residue.length; i++) {
        residue[i] -= blurred[i];
      }
      visitor.take(k, residue);
      residue = blurred;
    }
    visitor.take(count, residue);
  }

  /** Returns the number of bands of an image of this size, without the residue. */
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
