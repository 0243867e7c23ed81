package io.reverie.video.motion;

/** Gaussian blur of one plane of floats. */
public final class Gaussian {

  private Gaussian() {}

  /**
   * Blurs a plane; pixels outside repeat the border.
   *
   * @param plane row-major, {@code height * width} values
   * @param sigma in pixels, above 0
   */
  public static float[] blurred(float[] plane, int width, int height, double sigma) {
    return PlaneMats.blurred(plane, width, height, sigma);
  }
}
