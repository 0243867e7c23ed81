package io.reverie.jobs.reel;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Stills;

/** The same picture all the time. */
public record OnePicture(MediaSource media) implements Reel {

  @Override
  public int last(When frame) {
    return 0;
  }

  @Override
  public int looped(When frame) {
    return 0;
  }

  @Override
  public Frame picture(int which) {
    return Stills.read(media).frame();
  }

  @Override
  public void close() {}
}
