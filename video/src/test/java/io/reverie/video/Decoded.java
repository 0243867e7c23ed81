package io.reverie.video;

import io.reverie.video.decode.VideoFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A hash of a decoded frame, small enough to keep many. */
public record Decoded(long pts, int width, int height, int rgb, int alpha) {

  public static Decoded of(Frame frame) {
    return new Decoded(
        frame.pts(),
        frame.width(),
        frame.height(),
        Arrays.hashCode(frame.rgb()),
        frame.alpha().map(Arrays::hashCode).orElse(0));
  }

  public static List<Decoded> of(Path clip, VideoIndex index, PtsRange range) {
    List<Decoded> all = new ArrayList<>();
    VideoFile file = new VideoFile(MediaSource.of(clip));
    try (FrameReader reader = file.open(index, range, Optional.empty())) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        all.add(of(f.get()));
      }
    }
    return all;
  }

  public static List<Frame> frames(Path clip) {
    List<Frame> all = new ArrayList<>();
    VideoFile file = new VideoFile(MediaSource.of(clip));
    try (FrameReader reader = file.open(file.index(), PtsRange.ALL, Optional.empty())) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        all.add(f.get());
      }
    }
    return all;
  }

  /** Decodes all frames in ranges that start at the given positions. */
  public static List<Decoded> split(Path clip, VideoIndex index, int... from) {
    List<Decoded> all = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      int to = i + 1 < from.length ? from[i + 1] : index.count();
      all.addAll(of(clip, index, index.range(from[i], to)));
    }
    return all;
  }
}
