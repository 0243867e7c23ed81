package io.reverie.video.motion;

/**
 * The warping error of Lai et al. (2018): the squared difference between a frame and the previous
 * one warped to it, over pixels that are visible in both.
 */
public final class WarpingError {

  /** Minimum share of consistent pixels for a meaningful value. */
  private static final double LEAST_IN_COMMON = 0.05;

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
    float[] warped = Interpolation.LINEAR.warp(before, 3, motion.backward());
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < now.length / 3; i++) {
      float c = motion.consistency()[i];
      weight += c;
      for (int channel = 0; channel < 3; channel++) {
        double difference = (now[3 * i + channel] - warped[3 * i + channel]) / 255.0;
        sum += c * difference * difference / 3;
      }
    }
    return weight < LEAST_IN_COMMON * motion.consistency().length ? Double.NaN : sum / weight;
  }
}
