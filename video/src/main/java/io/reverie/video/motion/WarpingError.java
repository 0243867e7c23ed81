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
   * Computes the warping error of two frames.
   *
   * @param before interleaved RGB in 0..255 on the motion's grid
   * @param now the next frame
   * @param motion motion of the source between the two frames
   * @return the mean squared difference over channels and consistent pixels, for colours in 0..1;
   *     NaN if almost no pixel is consistent
   */
  public static double of(float[] before, float[] now, Motion motion) {
    FlowField flow = motion.backward();
    double sum = 0;
    double weight = 0;
    int i = 0;
    for (int y = 0; y < flow.height(); y++) {
      for (int x = 0; x < flow.width(); x++, i++) {
        float c = motion.consistency()[i];
        if (c > 0) {
          weight += c;
          sum += c * squares(before, now, flow, x, y);
        }
      }
    }
    double mean = sum / (weight * 3 * 255 * 255);
    return weight < LEAST_IN_COMMON * motion.consistency().length ? Double.NaN : mean;
  }

  /**
   * Returns the squared differences of a pixel's channels, summed. Interpolates bilinearly at
   * positions in 1/32 px, as {@link Interpolation#LINEAR} does for whole images, but in one pass.
   */
  private static float squares(float[] before, float[] now, FlowField flow, int x, int y) {
    int at = y * flow.width() + x;
    int column = (int) Math.rint(PARTS * (x + flow.xy()[2 * at]));
    int row = (int) Math.rint(PARTS * (y + flow.xy()[2 * at + 1]));
    int left = clamp(Math.floorDiv(column, PARTS), flow.width());
    int right = clamp(Math.floorDiv(column, PARTS) + 1, flow.width());
    int above = clamp(Math.floorDiv(row, PARTS), flow.height()) * flow.width();
    int below = clamp(Math.floorDiv(row, PARTS) + 1, flow.height()) * flow.width();
    float u = Math.floorMod(column, PARTS) / (float) PARTS;
    float v = Math.floorMod(row, PARTS) / (float) PARTS;
    float sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      float upper =
          (1 - u) * before[3 * (above + left) + channel]
              + u * before[3 * (above + right) + channel];
      float lower =
          (1 - u) * before[3 * (below + left) + channel]
              + u * before[3 * (below + right) + channel];
      float difference = now[3 * at + channel] - ((1 - v) * upper + v * lower);
      sum += difference * difference;
    }
    return sum;
  }

  private static int clamp(int at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }
}
