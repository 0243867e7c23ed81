package io.reverie.video.motion;

/**
 * How much a video moves beside its own motion (Lai et al. 2018): the squared difference between a
 * frame and the one before, warped to it, over the places that both show.
 */
public final class WarpingError {

  /** Below this share of places a frame has nothing in common with the one before. */
  private static final double LEAST_IN_COMMON = 0.05;

  private WarpingError() {}

  /**
   * Compares two frames.
   *
   * @param before interleaved RGB in 0..255 on the motion's grid
   * @param now the next frame
   * @param motion of the source, from the one to the other
   * @return the mean over channels and consistent places of the squared difference, colours in
   *     0..1; not a number where the frames have next to nothing in common
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
