package io.reverie.video.motion;

/**
 * The warping error of Lai et al. (2018): the squared difference between a frame and the previous
 * one warped to it, over pixels that are visible in both.
 */
public final class WarpingError {

  /** Minimum share of consistent pixels for a meaningful value. */
  private static final double LEAST_IN_COMMON = 0.05;

  /** Positions between two pixels. */
  private static final int PARTS = 32;

  private WarpingError() {}

  /**
   * Two consecutive frames on a motion's grid.
   *
   * @param before interleaved RGB in 0..255
   * @param now likewise
   */
  public record Pair(float[] before, float[] now) {
    public Pair {
      if (before.length != now.length) {
        throw new IllegalArgumentException(
            "frames of %d and %d values cannot be compared".formatted(before.length, now.length));
      }
    }
  }

  /**
   * The warping errors of two pairs of frames.
   *
   * @param first mean squared difference over channels and consistent pixels, for colours in 0..1;
   *     NaN if almost no pixel is consistent
   * @param second likewise
   */
  public record Errors(double first, double second) {}

  /**
   * Computes the warping errors of two pairs of frames that move alike.
   *
   * @param motion motion of the source from the later frame to the earlier
   */
  public static Errors of(Pair one, Pair other, Motion motion) {
    Place at = new Place(motion.backward());
    float[] consistency = motion.consistency();
    double first = 0;
    double second = 0;
    double weight = 0;
    for (int i = 0; i < consistency.length; i++) {
      float c = consistency[i];
      if (c > 0) {
        at.follow(i);
        weight += c;
        first += c * at.squares(one);
        second += c * at.squares(other);
      }
    }
    if (weight < LEAST_IN_COMMON * consistency.length) {
      return new Errors(Double.NaN, Double.NaN);
    }
    double values = weight * 3 * 255 * 255;
    return new Errors(first / values, second / values);
  }

  /** Computes the warping error of one pair of frames. */
  public static double of(float[] before, float[] now, Motion motion) {
    Pair pair = new Pair(before, now);
    return of(pair, pair, motion).first();
  }

  /**
   * Where a pixel was, between four pixels. Positions are rounded to 1/32 px, as {@link
   * Interpolation#LINEAR} does for whole images.
   */
  private static final class Place {

    private final float[] xy;
    private final int width;
    private final int height;
    private int pixel;
    private int leftAbove;
    private int rightAbove;
    private int leftBelow;
    private int rightBelow;
    private float u;
    private float v;

    Place(FlowField flow) {
      xy = flow.xy();
      width = flow.width();
      height = flow.height();
    }

    void follow(int from) {
      pixel = 3 * from;
      int y = from / width;
      int column = (int) Math.rint(PARTS * (from - y * width + xy[2 * from]));
      int row = (int) Math.rint(PARTS * (y + xy[2 * from + 1]));
      int left = Math.floorDiv(column, PARTS);
      int above = Math.floorDiv(row, PARTS);
      u = Math.floorMod(column, PARTS) / (float) PARTS;
      v = Math.floorMod(row, PARTS) / (float) PARTS;
      leftAbove = index(left, above);
      if (left >= 0 && left < width - 1 && above >= 0 && above < height - 1) {
        rightAbove = leftAbove + 3;
        leftBelow = leftAbove + 3 * width;
        rightBelow = leftBelow + 3;
      } else {
        rightAbove = index(left + 1, above);
        leftBelow = index(left, above + 1);
        rightBelow = index(left + 1, above + 1);
      }
    }

    private int index(int x, int y) {
      return 3 * (clamp(y, height) * width + clamp(x, width));
    }

    /** Returns the squared differences of the pixel's channels, summed. */
    float squares(Pair pair) {
      float[] before = pair.before();
      float[] now = pair.now();
      float sum = 0;
      for (int channel = 0; channel < 3; channel++) {
        float upper = (1 - u) * before[leftAbove + channel] + u * before[rightAbove + channel];
        float lower = (1 - u) * before[leftBelow + channel] + u * before[rightBelow + channel];
        float difference = now[pixel + channel] - ((1 - v) * upper + v * lower);
        sum += difference * difference;
      }
      return sum;
    }
  }

  private static int clamp(int at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }
}
