package io.reverie.video.still;

import io.reverie.video.Frame;

/**
 * The curve of IEC 61966-2-1 between linear light and sRGB, continued beyond white and, point
 * symmetrically, below black.
 */
final class SrgbCurve {

  private SrgbCurve() {}

  static double encode(double linear) {
    double size = Math.abs(linear);
    double encoded = size <= 0.0031308 ? 12.92 * size : 1.055 * Math.pow(size, 1 / 2.4) - 0.055;
    return Math.copySign(encoded, linear);
  }

  static double decode(double encoded) {
    double size = Math.abs(encoded);
    double linear = size <= 0.04045 ? size / 12.92 : Math.pow((size + 0.055) / 1.055, 2.4);
    return Math.copySign(linear, encoded);
  }

  /** Converts premultiplied light, 1 being white, to straight sRGB, 255 being white. */
  static Frame encode(Frame linear) {
    float[] rgb = new float[linear.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      float light = linear.rgb()[i];
      double straight = Float.isFinite(light) ? light / opacity(linear, i / 3) : 0;
      rgb[i] = (float) (255 * encode(straight));
    }
    return linear.withRgb(rgb);
  }

  /** Converts straight sRGB to premultiplied light. */
  static Frame decode(Frame srgb) {
    float[] light = new float[srgb.rgb().length];
    for (int i = 0; i < light.length; i++) {
      light[i] = (float) (decode(srgb.rgb()[i] / 255.0) * opacity(srgb, i / 3));
    }
    return srgb.withRgb(light);
  }

  /** Returns the opacity in 0..1; light without any, such as a glow, counts as opaque. */
  private static double opacity(Frame frame, int pixel) {
    float opacity = frame.alpha().isPresent() ? frame.alpha().get()[pixel] : 255;
    return opacity > 0 ? opacity / 255.0 : 1;
  }
}
