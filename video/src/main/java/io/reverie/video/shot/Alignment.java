package io.reverie.video.shot;

import io.reverie.video.motion.GreyImage;

/**
 * Estimates the global shift of pans that are too fast for optical flow: the shift with the largest
 * correlation at a quarter of the size, among those that leave at least half of the columns and
 * rows visible.
 */
final class Alignment {

  private static final int SCALE = 4;

  private final GreyImage earlier;
  private final GreyImage later;

  private Alignment(GreyImage earlier, GreyImage later) {
    this.earlier = earlier;
    this.later = later;
  }

  /** Returns the earlier image shifted onto the later one; pixels outside repeat the border. */
  static GreyImage moved(GreyImage earlier, GreyImage later) {
    int[] shift = new Alignment(earlier.scaled(1.0 / SCALE), later.scaled(1.0 / SCALE)).bestShift();
    return shifted(earlier, shift[0] * SCALE, shift[1] * SCALE);
  }

  private int[] bestShift() {
    int[] best = new int[2];
    double highest = -1;
    for (int dy = -later.height() / 2; dy <= later.height() / 2; dy++) {
      for (int dx = -later.width() / 2; dx <= later.width() / 2; dx++) {
        double correlation = correlation(dx, dy);
        if (correlation > highest) {
          highest = correlation;
          best[0] = dx;
          best[1] = dy;
        }
      }
    }
    return best;
  }

  /**
   * Returns the correlation over the common area if the later image shows at p what the earlier
   * shows at p + (dx, dy).
   */
  private double correlation(int dx, int dy) {
    int width = later.width();
    int left = Math.max(0, -dx);
    int right = Math.min(width, width - dx);
    int top = Math.max(0, -dy);
    int bottom = Math.min(later.height(), later.height() - dy);
    long sumA = 0;
    long sumB = 0;
    long squareA = 0;
    long squareB = 0;
    long product = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        long a = later.levels()[y * width + x] & 0xff;
        long b = earlier.levels()[(y + dy) * width + x + dx] & 0xff;
        sumA += a;
        sumB += b;
        squareA += a * a;
        squareB += b * b;
        product += a * b;
      }
    }
    double count = (double) (right - left) * (bottom - top);
    double varianceA = squareA - sumA * (sumA / count);
    double varianceB = squareB - sumB * (sumB / count);
    return (product - sumA * (sumB / count)) / Math.sqrt((varianceA + count) * (varianceB + count));
  }

  private static GreyImage shifted(GreyImage grey, int dx, int dy) {
    int width = grey.width();
    byte[] levels = new byte[grey.levels().length];
    for (int i = 0; i < levels.length; i++) {
      int row = i / width;
      int x = Math.max(0, Math.min(width - 1, i - row * width + dx));
      int y = Math.max(0, Math.min(grey.height() - 1, row + dy));
      levels[i] = grey.levels()[y * width + x];
    }
    return new GreyImage(width, grey.height(), levels);
  }
}
