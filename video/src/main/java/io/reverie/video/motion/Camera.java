package io.reverie.video.motion;

/**
 * A move of the camera from one frame to the next, told by what a viewer sees: the picture grows
 * and turns about its middle, then slides.
 *
 * <p>With c the middle and t the slide, what was at q is seen at {@code p = c + zoom R (q - c) +
 * t}.
 *
 * @param zoom the factor that it grows by, above 0
 * @param rotate degrees that it turns by, counterclockwise
 * @param x what it slides right by, in percent of the shorter side
 * @param y what it slides down by, in percent of the shorter side
 */
public record Camera(double zoom, double rotate, double x, double y) {

  /** Whether nothing moves. */
  public boolean isStill() {
    return zoom == 1 && rotate == 0 && x == 0 && y == 0;
  }

  /** Where each pixel was in the frame before; what comes in over an edge mirrors what is there. */
  public FlowField backward(int width, int height) {
    return field(width, height, true);
  }

  /**
   * The same move after a picture's own: where each pixel was when both are undone, one after the
   * other. What comes in over an edge cannot be trusted.
   */
  public Motion after(Motion motion) {
    if (isStill()) {
      return motion;
    }
    int width = motion.backward().width();
    int height = motion.backward().height();
    FlowField own = backward(width, height);
    float[] xy = Interpolation.LINEAR.warp(motion.backward().xy(), 2, own);
    float[] trust = Interpolation.LINEAR.warp(motion.consistency(), 1, own);
    float[] straight = field(width, height, false).xy();
    for (int i = 0; i < trust.length; i++) {
      boolean inside =
          straight[2 * i] == own.xy()[2 * i] && straight[2 * i + 1] == own.xy()[2 * i + 1];
      trust[i] = inside ? trust[i] : 0;
      xy[2 * i] += own.xy()[2 * i];
      xy[2 * i + 1] += own.xy()[2 * i + 1];
    }
    return new Motion(new FlowField(width, height, xy), trust);
  }

  private FlowField field(int width, int height, boolean mirrored) {
    double cos = Math.cos(Math.toRadians(rotate)) / zoom;
    double sin = Math.sin(Math.toRadians(rotate)) / zoom;
    double percent = Math.min(width, height) / 100.0;
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    float[] xy = new float[width * height * 2];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double dx = column - middleX - x * percent;
        double dy = row - middleY - y * percent;
        double fromX = middleX + cos * dx - sin * dy;
        double fromY = middleY + sin * dx + cos * dy;
        int i = 2 * (row * width + column);
        xy[i] = (float) ((mirrored ? mirrored(fromX, width - 1) : fromX) - column);
        xy[i + 1] = (float) ((mirrored ? mirrored(fromY, height - 1) : fromY) - row);
      }
    }
    return new FlowField(width, height, xy);
  }

  /** A position reflected into 0..last. */
  private static double mirrored(double at, int last) {
    if (last == 0 || (at >= 0 && at <= last)) {
      return last == 0 ? 0 : at;
    }
    double folded = Math.abs(at) % (2.0 * last);
    return folded > last ? 2.0 * last - folded : folded;
  }
}
