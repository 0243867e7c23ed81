package io.reverie.video.icc;

/**
 * Converts interleaved RGB between a space and sRGB, all in 0..255; what does not fit is clipped.
 */
interface RgbSpace {

  float[] toSrgb(float[] colours);

  float[] fromSrgb(float[] colours);

  /** Returns whether {@link #fromSrgb} works. */
  boolean isTwoWay();
}
