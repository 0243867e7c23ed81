package io.reverie.video.still;

import io.reverie.video.Frame;

/** Turns images by the orientations of EXIF. */
final class Upright {

  private Upright() {}

  /**
   * Returns an image as displayed.
   *
   * @param orientation as EXIF numbers them: 1 is upright, 5 to 8 swap the sides
   */
  static Frame of(Frame stored, int orientation) {
    if (orientation == 1) {
      return stored;
    }
    boolean swaps = orientation >= 5;
    int width = swaps ? stored.height() : stored.width();
    int height = swaps ? stored.width() : stored.height();
    return new Frame(
        width,
        height,
        turned(stored.rgb(), 3, stored, orientation),
        stored.alpha().map(alpha -> turned(alpha, 1, stored, orientation)),
        stored.pts(),
        stored.corrupt());
  }

  private static float[] turned(float[] values, int channels, Frame stored, int orientation) {
    boolean swaps = orientation >= 5;
    // Where the stored x and y begin in the upright image.
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    boolean fromBelow =
        orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    int width = swaps ? stored.height() : stored.width();
    int height = swaps ? stored.width() : stored.height();
    float[] turned = new float[values.length];
    for (int y = 0; y < stored.height(); y++) {
      for (int x = 0; x < stored.width(); x++) {
        int toX = swaps ? y : x;
        int toY = swaps ? x : y;
        toX = fromRight ? width - 1 - toX : toX;
        toY = fromBelow ? height - 1 - toY : toY;
        System.arraycopy(
            values,
            (y * stored.width() + x) * channels,
            turned,
            (toY * width + toX) * channels,
            channels);
      }
    }
    return turned;
  }
}
