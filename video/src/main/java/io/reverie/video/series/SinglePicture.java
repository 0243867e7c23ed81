package io.reverie.video.series;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Stills;

/** One image for all frames. */
public record SinglePicture(MediaSource media) implements FrameSeries {

  @Override
  public int last(FramePosition frame) {
    return 0;
  }

  @Override
  public int looped(FramePosition frame) {
    return 0;
  }

  @Override
  public Frame picture(int which) {
    return Stills.shown(media);
  }

  @Override
  public void close() {}
}
