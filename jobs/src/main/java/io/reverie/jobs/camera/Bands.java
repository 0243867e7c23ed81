package io.reverie.jobs.camera;

import io.reverie.core.Size;

/**
 * A picture taken apart by the fineness of its detail (the à trous wavelets of Holschneider et al.
 * 1989, with Burt and Adelson's filter): band k is what a blur of 2^k px takes away from the blur
 * before, and the rest is what they all leave. Together they are the picture.
 */
final class Bands {

  private static final float[] FILTER = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

  /** The rest has at least so many independent places along the shorter side. */
  private static final int REST = 8;

  private final float[][] planes;

  private Bands(float[][] planes) {
    this.planes = planes;
  }

  static Bands of(float[] values, Size size) {
    int count = count(size);
    float[][] planes = new float[count + 1][];
    float[] rest = values;
    for (int k = 0; k < count; k++) {
      float[] blurred = blurred(rest, size, 1 << k);
      planes[k] = new float[rest.length];
      for (int i = 0; i < rest.length; i++) {
        planes[k][i] = rest[i] - blurred[i];
      }
      rest = blurred;
    }
    planes[count] = count == 0 ? rest.clone() : rest;
    return new Bands(planes);
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

  /** With the finest first, the rest last; each is {@code height * width * 3} values. */
  float[][] planes() {
    return planes;
  }

  /** What they are together. */
  float[] sum() {
    float[] sum = new float[planes[0].length];
    for (float[] plane : planes) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += plane[i];
      }
    }
    return sum;
  }
}
