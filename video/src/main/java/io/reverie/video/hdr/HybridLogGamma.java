package io.reverie.video.hdr;

/** HLG on its reference display of 1,000 cd/m2: ITU-R BT.2100-2, table 5. */
record HybridLogGamma() implements LightCurve {

  private static final double PEAK = 1000;
  private static final double GAMMA = 1.2;
  private static final double A = 0.17883277;
  private static final double B = 1 - 4 * A;
  private static final double C = 0.5 - A * Math.log(4 * A);

  private static final Table SCENE =
      new Table(e -> e <= 0.5 ? e * e / 3 : (Math.exp((e - C) / A) + B) / 12);

  // By the square root, which spreads the shadows.
  private static final Table SIGNAL = new Table(root -> signal(root * root));

  private static double signal(double scene) {
    return scene <= 1.0 / 12 ? Math.sqrt(3 * scene) : A * Math.log(12 * scene - B) + C;
  }

  @Override
  public void light(double[] rgb) {
    for (int c = 0; c < 3; c++) {
      rgb[c] = SCENE.at(rgb[c]);
    }
    scale(rgb, PEAK * Math.pow(luminance(rgb), GAMMA - 1));
  }

  @Override
  public void signal(double[] rgb) {
    double y = luminance(rgb) / PEAK;
    scale(rgb, y <= 0 ? 0 : Math.pow(y, (1 - GAMMA) / GAMMA) / PEAK);
    for (int c = 0; c < 3; c++) {
      rgb[c] = SIGNAL.at(Math.sqrt(Math.max(0, rgb[c])));
    }
  }

  /** Relative luminance of BT.2020 primaries. */
  private static double luminance(double[] rgb) {
    return 0.2627 * rgb[0] + 0.6780 * rgb[1] + 0.0593 * rgb[2];
  }

  private static void scale(double[] rgb, double factor) {
    for (int c = 0; c < 3; c++) {
      rgb[c] *= factor;
    }
  }
}
