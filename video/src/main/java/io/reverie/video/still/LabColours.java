package io.reverie.video.still;

/** Converts CIE L*a*b* to sRGB by the formulas of CIE 15 and IEC 61966-2-1. */
final class LabColours {

  /** XYZ of D65 to linear sRGB. */
  private static final double[][] TO_SRGB = {
    {3.2404542, -1.5371385, -0.4985314},
    {-0.9692660, 1.8760108, 0.0415560},
    {0.0556434, -0.2040259, 1.0572252}
  };

  /** XYZ of D50 to D65 (Bradford). */
  private static final double[][] D50_TO_D65 = {
    {0.9555766, -0.0230393, 0.0631636},
    {-0.0282895, 1.0099416, 0.0210077},
    {0.0122982, -0.0204830, 1.3299098}
  };

  private static final double[] D50 = {0.96422, 1, 0.82521};
  private static final double[] D65 = {0.95047, 1, 1.08883};
  private static final double EPSILON = 216.0 / 24389;
  private static final double KAPPA = 24389.0 / 27;

  private LabColours() {}

  /**
   * Converts a colour.
   *
   * @param lab L* in 0..100, a* and b*
   * @param d65 whether its white is D65 and not D50, the white of print
   * @param rgb receives sRGB in 0..255 from the given place on
   */
  static void convert(double[] lab, boolean d65, float[] rgb, int place) {
    double fy = (lab[0] + 16) / 116;
    double[] white = d65 ? D65 : D50;
    double[] xyz = {
      white[0] * cubed(fy + lab[1] / 500),
      lab[0] > KAPPA * EPSILON ? fy * fy * fy : lab[0] / KAPPA,
      white[2] * cubed(fy - lab[2] / 200)
    };
    double[] linear = product(TO_SRGB, d65 ? xyz : product(D50_TO_D65, xyz));
    for (int c = 0; c < 3; c++) {
      rgb[place + c] = (float) Math.max(0, Math.min(255, 255 * SrgbCurve.encode(linear[c])));
    }
  }

  private static double cubed(double f) {
    double cube = f * f * f;
    return cube > EPSILON ? cube : (116 * f - 16) / KAPPA;
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        product[row] += matrix[row][i] * vector[i];
      }
    }
    return product;
  }
}
