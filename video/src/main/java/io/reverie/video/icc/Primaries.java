package io.reverie.video.icc;

import java.util.Optional;

/**
 * The primaries and white of an RGB space, as CIE 1931 chromaticities.
 *
 * @param xy x and y of red, green, blue and white
 */
record Primaries(double... xy) {

  private static final double[] D50 = {0.9642, 1, 0.8249};

  /** The cone responses of Bradford's adaptation, which ICC profiles use. */
  private static final double[][] BRADFORD = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
  };

  static final Primaries BT709 = of(0.64, 0.33, 0.3, 0.6, 0.15, 0.06);

  private static Primaries of(double... reddish) {
    return withWhite(reddish, 0.3127, 0.329);
  }

  private static Primaries withWhite(double[] rgb, double x, double y) {
    return new Primaries(rgb[0], rgb[1], rgb[2], rgb[3], rgb[4], rgb[5], x, y);
  }

  /** Returns the primaries of a code point of ISO/IEC 23091-2, if it names any. */
  static Optional<Primaries> of(int code) {
    double[] p3 = {0.68, 0.32, 0.265, 0.69, 0.15, 0.06};
    return Optional.ofNullable(
        switch (code) {
          case 1, 2 -> BT709;
          case 4 -> withWhite(new double[] {0.67, 0.33, 0.21, 0.71, 0.14, 0.08}, 0.31, 0.316);
          case 5 -> of(0.64, 0.33, 0.29, 0.6, 0.15, 0.06);
          case 6, 7 -> of(0.63, 0.34, 0.31, 0.595, 0.155, 0.07);
          case 9 -> of(0.708, 0.292, 0.17, 0.797, 0.131, 0.046);
          case 11 -> withWhite(p3, 0.314, 0.351);
          case 12 -> of(p3);
          case 22 -> of(0.63, 0.34, 0.295, 0.605, 0.155, 0.077);
          default -> null;
        });
  }

  /**
   * Returns the XYZ of red, green and blue (the columns), adapted to D50.
   *
   * @throws ArithmeticException if the primaries span no triangle
   */
  double[][] toD50() {
    double[][] columns = new double[3][3];
    for (int i = 0; i < 3; i++) {
      double[] xyz = xyz(i);
      for (int row = 0; row < 3; row++) {
        columns[row][i] = xyz[row];
      }
    }
    double[] amounts = Matrices.product(Matrices.inverse(columns), xyz(3));
    double[][] adaptation = adaptation(xyz(3));
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        columns[row][i] *= amounts[i];
      }
    }
    return Matrices.product(adaptation, columns);
  }

  private double[] xyz(int which) {
    double x = xy[which * 2];
    double y = xy[which * 2 + 1];
    // ACES has an imaginary blue, below 0.
    if (!(Math.abs(y) > 0)) {
      throw new ArithmeticException("no chromaticity: y is " + y);
    }
    return new double[] {x / y, 1, (1 - x - y) / y};
  }

  private static double[][] adaptation(double[] white) {
    double[] from = Matrices.product(BRADFORD, white);
    double[] to = Matrices.product(BRADFORD, D50);
    double[][] scaled = new double[3][3];
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        scaled[row][i] = BRADFORD[row][i] * to[row] / from[row];
      }
    }
    return Matrices.product(Matrices.inverse(BRADFORD), scaled);
  }
}
