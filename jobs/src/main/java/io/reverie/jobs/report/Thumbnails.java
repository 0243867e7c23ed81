package io.reverie.jobs.report;

import io.reverie.video.Frame;
import io.reverie.video.Size;
import io.reverie.video.still.Stills;
import java.util.Optional;

/** Makes small JPEGs of frames. */
final class Thumbnails {

  private static final int QUALITY = 82;

  private Thumbnails() {}

  /** Returns the size of a thumbnail: no side is longer than this, and nothing is enlarged. */
  static Size size(int width, int height, int side) {
    double scale = Math.min(1, (double) side / Math.max(width, height));
    return new Size(
        Math.max(1, (int) Math.round(width * scale)),
        Math.max(1, (int) Math.round(height * scale)));
  }

  static byte[] jpeg(Frame frame, Size size) {
    Frame small = Stills.scale(opaque(frame), size);
    return Stills.encode(small, "thumbnail.jpg", 8, QUALITY);
  }

  /** A JPEG has no transparency. */
  private static Frame opaque(Frame frame) {
    return frame.alpha().isEmpty()
        ? frame
        : new Frame(
            frame.width(),
            frame.height(),
            frame.rgb(),
            Optional.empty(),
            frame.pts(),
            frame.corrupt());
  }
}
