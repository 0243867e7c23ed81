package io.reverie.video.hdr;

/** PQ, the curve of HDR10: ITU-R BT.2100-2, table 4. */
record PerceptualQuantiser() implements LightCurve {

  private static final double M1 = 2610.0 / 16384;
  private static final double M2 = 2523.0 / 4096 * 128;
  private static final double C1 = 3424.0 / 4096;
  private static final double C2 = 2413.0 / 4096 * 32;
  private static final double C3 = 2392.0 / 4096 * 32;

  private static final Table LIGHT = new Table(PerceptualQuantiser::light);

  // By the fourth root, which spreads the shadows.
  private static final Table SIGNAL = new Table(root -> signal(Math.pow(root, 4)));

  private static double light(double signal) {
    double p = Math.pow(signal, 1 / M2);
    return BRIGHTEST * Math.pow(Math.max(0, p - C1) / (C2 - C3 * p), 1 / M1);
  }

  private static double signal(double part) {
    double y = Math.pow(part, M1);
    return Math.pow((C1 + C2 * y) / (1 + C3 * y), M2);
  }

  @Override
  public void light(double[] rgb) {
    for (int c = 0; c < 3; c++) {
      rgb[c] = LIGHT.at(rgb[c]);
    }
  }

  @Override
  public void signal(double[] rgb) {
    for (int c = 0; c < 3; c++) {
      rgb[c] = SIGNAL.at(Math.sqrt(Math.sqrt(Math.max(0, rgb[c]) / BRIGHTEST)));
    }
  }
}
