package io.reverie.temporal.frame;

import io.reverie.core.Image;
import io.reverie.video.Frame;
import java.util.Optional;

/** Converts between the image types of dream-core and video, which do not depend on each other. */
public final class FrameImages {

  private FrameImages() {}

  public static io.reverie.core.Size ofDream(io.reverie.video.Size size) {
    return new io.reverie.core.Size(size.width(), size.height());
  }

  public static io.reverie.video.Size ofVideo(io.reverie.core.Size size) {
    return new io.reverie.video.Size(size.width(), size.height());
  }

  /** Returns the image of a frame without its alpha. */
  public static Image image(Frame frame) {
    return new Image(new io.reverie.core.Size(frame.width(), frame.height()), frame.rgb());
  }

  /** Returns an opaque frame. */
  public static Frame frame(Image image, long pts) {
    return new Frame(
        image.size().width(), image.size().height(), image.rgb(), Optional.empty(), pts, false);
  }
}
