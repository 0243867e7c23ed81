package io.reverie.video.series;

import io.reverie.video.Frame;

/**
 * Pictures to go with a video's frames, as the user names them: one picture, a video, or numbered
 * pictures such as {@code masks/%05d.png}, of which some may be missing. Of one task alone.
 */
public sealed interface FrameSeries extends AutoCloseable
    permits SinglePicture, VideoSeries, NumberedPictures {

  /**
   * Which picture a frame has, from 0: the one of its moment or number, or the last before; the
   * first where there is none before.
   */
  int last(FramePosition frame);

  /** The same of a reel that begins anew when it ends. */
  int looped(FramePosition frame);

  /**
   * Reads a picture; cheapest in the order of their times.
   *
   * @throws io.reverie.video.MediaException if it cannot be read
   */
  Frame picture(int which);

  @Override
  void close();
}
