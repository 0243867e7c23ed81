package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;

/** Measures colour differences as CIE 1976: 1 is just visible. */
final class ShownColours {

  private ShownColours() {}

  /** Returns the largest difference of two pictures in sRGB. */
  static double largestDifference(Frame a, Frame b) {
    assertThat(a.rgb()).hasSameSizeAs(b.rgb());
    double largest = 0;
    for (int i = 0; i < a.rgb().length; i += 3) {
      double[] x = lab(a.rgb(), i);
      double[] y = lab(b.rgb(), i);
      double square = 0;
      for (int c = 0; c < 3; c++) {
        square += (x[c] - y[c]) * (x[c] - y[c]);
      }
      largest = Math.max(largest, Math.sqrt(square));
    }
    return largest;
  }

  private static double[] lab(float[] rgb, int at) {
    double r = SrgbCurve.decode(rgb[at] / 255.0);
    double g = SrgbCurve.decode(rgb[at + 1] / 255.0);
    double b = SrgbCurve.decode(rgb[at + 2] / 255.0);
    double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
