package io.reverie.video.hdr;

/** Linear conversion between a source's primaries and those of BT.709, which sRGB shares. */
final class Gamut {

  private static final int BT709 = 1;
  private static final int P3_DCI = 11;
  private static final int P3_D65 = 12;

  private static final double[] NONE = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  /** ITU-R BT.2087-0, and its inverse. */
  private static final double[] FROM_BT2020 = {
    1.660491, -0.587641, -0.072850, -0.124550, 1.132900, -0.008349, -0.018151, -0.100579, 1.118730
  };

  private static final double[] TO_BT2020 = {
    0.627404, 0.329283, 0.043313, 0.069097, 0.919540, 0.011362, 0.016391, 0.088013, 0.895595
  };

  /** SMPTE EG 432-1 with the white of D65. */
  private static final double[] FROM_P3 = {
    1.224940, -0.224940, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098273
  };

  private static final double[] TO_P3 = {
    0.822462, 0.177538, 0, 0.033194, 0.966806, 0, 0.017083, 0.072397, 0.910520
  };

  private final double[] from;
  private final double[] to;

  private Gamut(double[] from, double[] to) {
    this.from = from;
    this.to = to;
  }

  /** Returns the conversion of a source; unspecified primaries are those of BT.2020. */
  static Gamut of(int primaries) {
    return switch (primaries) {
      case BT709 -> new Gamut(NONE, NONE);
      case P3_DCI, P3_D65 -> new Gamut(FROM_P3, TO_P3);
      default -> new Gamut(FROM_BT2020, TO_BT2020);
    };
  }

  /** Converts light to the primaries of BT.709; negative values are colours outside. */
  void toStandard(double[] rgb) {
    apply(from, rgb);
  }

  /** Converts light of BT.709, or a difference of it, to the source's primaries. */
  void toSource(double[] rgb) {
    apply(to, rgb);
  }

  private static void apply(double[] m, double[] rgb) {
    double r = rgb[0];
    double g = rgb[1];
    double b = rgb[2];
    for (int row = 0; row < 3; row++) {
      rgb[row] = m[row * 3] * r + m[row * 3 + 1] * g + m[row * 3 + 2] * b;
    }
  }
}
