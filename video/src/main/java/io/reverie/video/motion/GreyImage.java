package io.reverie.video.motion;

import io.reverie.video.Frame;

/**
 * An 8-bit luma image, the input of optical flow.
 *
 * @param width columns
 * @param height rows
 * @param levels row-major, 0..255
 */
public record GreyImage(int width, int height, byte[] levels) {

  public GreyImage {
    if (levels.length != width * height) {
      throw new IllegalArgumentException(
          "a plane of %d x %d cannot have %d values".formatted(width, height, levels.length));
    }
  }

  public static GreyImage of(Frame frame) {
    return of(frame.rgb(), frame.width(), frame.height());
  }

  /**
   * Converts an image to luma (BT.601).
   *
   * @param rgb interleaved, 0..255, {@code width * height * 3} values
   */
  public static GreyImage of(float[] rgb, int width, int height) {
    byte[] levels = new byte[rgb.length / 3];
    for (int i = 0; i < levels.length; i++) {
      double luma = 0.299 * rgb[i * 3] + 0.587 * rgb[i * 3 + 1] + 0.114 * rgb[i * 3 + 2];
      levels[i] = (byte) Math.round(luma);
    }
    return new GreyImage(width, height, levels);
  }

  /** Resizes both sides by a factor of at most 1 with area averaging. */
  public GreyImage scaled(double factor) {
    return factor == 1 ? this : PlaneMats.scaled(this, factor);
  }
}
