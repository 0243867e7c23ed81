package io.reverie.video.motion;

/**
 * The motion of a whole picture: {@code v(p) = m + A (p - centre)}, which holds pans, zooms and
 * rotations.
 *
 * @param mean the two components of m, in pixels
 * @param slope A, row by row: x by column, x by row, y by column, y by row
 */
record AffineMotion(double[] mean, double[] slope) {

  /** The least-squares fit. On a full grid columns and rows are uncorrelated: four plain ratios. */
  static AffineMotion fit(FlowField v) {
    double[] mean = new double[2];
    double[] slope = new double[4];
    double columns = 0;
    double rows = 0;
    for (int i = 0; i < v.width() * v.height(); i++) {
      double dx = column(i, v);
      double dy = row(i, v);
      columns += dx * dx;
      rows += dy * dy;
      for (int c = 0; c < 2; c++) {
        float value = v.xy()[2 * i + c];
        mean[c] += value / (v.width() * (double) v.height());
        slope[2 * c] += value * dx;
        slope[2 * c + 1] += value * dy;
      }
    }
    for (int c = 0; c < 2; c++) {
      slope[2 * c] /= Math.max(columns, 1);
      slope[2 * c + 1] /= Math.max(rows, 1);
    }
    return new AffineMotion(mean, slope);
  }

  /** What is left of a flow: what moves on its own. */
  FlowField removedFrom(FlowField v) {
    float[] own = new float[v.xy().length];
    for (int i = 0; i < v.width() * v.height(); i++) {
      double dx = column(i, v);
      double dy = row(i, v);
      for (int c = 0; c < 2; c++) {
        double whole = mean[c] + slope[2 * c] * dx + slope[2 * c + 1] * dy;
        own[2 * i + c] = (float) (v.xy()[2 * i + c] - whole);
      }
    }
    return new FlowField(v.width(), v.height(), own);
  }

  private static double column(int i, FlowField v) {
    return i % v.width() - (v.width() - 1) / 2.0;
  }

  private static double row(int i, FlowField v) {
    int row = i / v.width();
    return row - (v.height() - 1) / 2.0;
  }
}
