package io.reverie.video.decode;

import io.reverie.video.Size;

/** Places a frame of a different aspect ratio: scaled to fit and centred between black bars. */
final class Bars {

  private Bars() {}

  /**
   * Returns the size of the picture without its bars.
   *
   * @param shown size of the frame as displayed
   * @param usual size of the video's frames as displayed
   * @param output size of the result's frames, with bars
   */
  static Size picture(Size shown, Size usual, Size output) {
    // The output may have another shape than the video, if the user wants so.
    double wide =
        (double) shown.width() * usual.height() / ((double) shown.height() * usual.width());
    return new Size(
        Math.max(1, (int) Math.round(output.width() * Math.min(1, wide))),
        Math.max(1, (int) Math.round(output.height() * Math.min(1, 1 / wide))));
  }
}
