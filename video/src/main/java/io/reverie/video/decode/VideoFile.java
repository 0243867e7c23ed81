package io.reverie.video.decode;

import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.util.Optional;

/** A video file in any allowed container. */
public record VideoFile(MediaSource media) implements VideoSource {

  @Override
  public String name() {
    return media.name();
  }

  @Override
  public VideoIndex index() {
    return new IndexScan(media).run();
  }

  @Override
  public FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size) {
    return new VideoReader(media, index, range, size);
  }
}
