package io.reverie.video.motion;

/**
 * Where a flow can be trusted: the two-way test of Sundaram et al. (2010) with the thresholds of
 * Ruder et al. (2016), equations 5 and 6.
 *
 * <p>With v the backward flow and u the forward flow at p + v(p), a pixel is untrue where p + v(p)
 * lies outside the picture, and where {@code |u + v|^2 >= 0.01 (|u|^2 + |v|^2) + 0.5}. Their test
 * for the edges of motion (equation 7) is left out: it fires all over a zoom, and where the two-way
 * test holds it only costs dreams that were right.
 */
final class Consistency {

  private Consistency() {}

  /** 1 where the backward flow is true, 0 elsewhere. */
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
        mask[i] = inside && agree(vx, vy, returning[2 * i], returning[2 * i + 1]) ? 1 : 0;
      }
    }
    return mask;
  }

  private static boolean agree(float vx, float vy, float ux, float uy) {
    double gap = square(ux + vx) + square(uy + vy);
    return gap < 0.01 * (square(ux) + square(uy) + square(vx) + square(vy)) + 0.5;
  }

  private static double square(double a) {
    return a * a;
  }
}
