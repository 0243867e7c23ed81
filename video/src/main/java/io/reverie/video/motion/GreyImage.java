package io.reverie.video.motion;

import io.reverie.video.Frame;

/**
 * The brightness of a picture, which flow is computed on.
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

  /** The luma of a frame. */
  public static GreyImage of(Frame frame) {
    return of(frame.rgb(), frame.width(), frame.height());
  }

  /**
   * The luma (BT.601) of a picture.
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

  /** The same with both sides times a factor of at most 1, by area. */
  public GreyImage scaled(double factor) {
    return factor == 1 ? this : FloatPlanes.scaled(this, factor);
  }
}
