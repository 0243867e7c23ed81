package io.reverie.video.series;

import io.reverie.video.Frame;

/**
 * Images that accompany the frames of a video: one image, a video, or numbered images such as
 * {@code masks/%05d.png}, some of which may be missing. Not thread-safe.
 */
public sealed interface FrameSeries extends AutoCloseable
    permits SinglePicture, VideoSeries, NumberedPictures {

  /**
   * Returns the index of a frame's image: the one of its time or number, otherwise the last before
   * it, otherwise the first.
   */
  int last(FramePosition frame);

  /** Returns the index of a frame's image in a series that repeats from its start. */
  int looped(FramePosition frame);

  /**
   * Reads an image; fastest in ascending order.
   *
   * @throws io.reverie.video.MediaException if the image cannot be read
   */
  Frame picture(int which);

  @Override
  void close();
}
