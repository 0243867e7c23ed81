package io.reverie.video.motion;

/**
 * Forward-backward consistency of optical flow: the tests of Sundaram et al. (2010) with the
 * thresholds of Ruder et al. (2016), equations 5 to 7.
 *
 * <p>With v the backward flow and u the forward flow at p + v(p), a pixel is inconsistent if p +
 * v(p) is outside the image, if {@code |u + v|^2 >= 0.01 (|u|^2 + |v|^2) + 0.5}, or at motion
 * boundaries, where {@code |grad v|^2 > 0.01 |v|^2 + 0.005}. At boundaries both flows agree to
 * stretch the moving object over the uncovered area, which would smear its dream onto the
 * background. Ruder's constant 0.002 fires everywhere in a zoom of 3 % per frame and discards more
 * correct pixels; 0.005 tolerates 5 %.
 */
final class Consistency {

  private static final double EDGE = 0.005;

  private Consistency() {}

  /** Returns 1 for consistent pixels, 0 elsewhere. */
  static float[] of(FlowField backward, FlowField forward) {
    int width = backward.width();
    int height = backward.height();
    float[] returning = Interpolation.LINEAR.warp(forward.xy(), 2, backward);
    float[] mask = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float vx = backward.xy()[2 * i];
        float vy = backward.xy()[2 * i + 1];
        boolean inside = x + vx >= 0 && x + vx <= width - 1 && y + vy >= 0 && y + vy <= height - 1;
        boolean same = agree(vx, vy, returning[2 * i], returning[2 * i + 1]);
        mask[i] = inside && same && !isEdge(backward, x, y) ? 1 : 0;
      }
    }
    return mask;
  }

  private static boolean agree(float vx, float vy, float ux, float uy) {
    double gap = square(ux + vx) + square(uy + vy);
    return gap < 0.01 * (square(ux) + square(uy) + square(vx) + square(vy)) + 0.5;
  }

  private static boolean isEdge(FlowField v, int x, int y) {
    int right = Math.min(x + 1, v.width() - 1);
    int left = Math.max(x - 1, 0);
    int below = Math.min(y + 1, v.height() - 1);
    int above = Math.max(y - 1, 0);
    double gradient = 0;
    for (int c = 0; c < 2; c++) {
      gradient += square((at(v, right, y, c) - at(v, left, y, c)) / Math.max(1, right - left));
      gradient += square((at(v, x, below, c) - at(v, x, above, c)) / Math.max(1, below - above));
    }
    double speed = square(at(v, x, y, 0)) + square(at(v, x, y, 1));
    return gradient > 0.01 * speed + EDGE;
  }

  private static float at(FlowField v, int x, int y, int component) {
    return v.xy()[2 * (y * v.width() + x) + component];
  }

  private static double square(double a) {
    return a * a;
  }
}
