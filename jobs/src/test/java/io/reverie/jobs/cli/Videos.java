package io.reverie.jobs.cli;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.decode.VideoSource;
import io.reverie.video.still.Stills;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is in a finished video. */
public final class Videos {

  private Videos() {}

  static VideoIndex index(Path file) {
    return new VideoFile(MediaSource.of(file)).index();
  }

  public static List<Integer> hashes(Path file) {
    return frames(file).stream().map(f -> Arrays.hashCode(f.rgb())).toList();
  }

  /** The pixels of a still. */
  public static float[] still(Path file) {
    return Stills.read(MediaSource.of(file)).frame().rgb();
  }

  public static List<Frame> frames(Path file) {
    VideoSource source = new VideoFile(MediaSource.of(file));
    List<Frame> frames = new ArrayList<>();
    try (FrameReader reader = source.open(source.index(), PtsRange.ALL, Optional.empty())) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        frames.add(f.get());
      }
    }
    return frames;
  }
}
