package io.reverie.jobs.carry;

import io.reverie.core.Image;
import io.reverie.video.Frame;

/** Between the dream's words and the video's, which do not know each other. */
public final class Sizes {

  private Sizes() {}

  /** For the dream. */
  public static io.reverie.core.Size ofDream(io.reverie.video.Size size) {
    return new io.reverie.core.Size(size.height(), size.width());
  }

  /** For the video. */
  public static io.reverie.video.Size ofVideo(io.reverie.core.Size size) {
    return new io.reverie.video.Size(size.width(), size.height());
  }

  /** A frame's picture. */
  public static Image image(Frame frame) {
    return new Image(new io.reverie.core.Size(frame.height(), frame.width()), frame.rgb());
  }
}
