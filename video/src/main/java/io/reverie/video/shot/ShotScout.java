package io.reverie.video.shot;

import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.VideoSource;
import java.util.List;

/** Stub. */
public record ShotScout(VideoSource source, VideoIndex index) {
  /** Stub. */
  public Shots scout(PtsRange range) {
    return new Shots(List.of(), List.of());
  }
}
