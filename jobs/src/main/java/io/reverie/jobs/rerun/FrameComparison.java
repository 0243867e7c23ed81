package io.reverie.jobs.rerun;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.FrameSequence;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.decode.VideoSource;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares the decoded frames of two results, bit by bit. */
public final class FrameComparison {

  private FrameComparison() {}

  public static boolean isThere(Location result) throws IOException {
    return Storage.of(result).find(first(result)).isPresent();
  }

  private static Location first(Location result) {
    return FramePattern.isPattern(result.name())
        ? result.sibling(new FramePattern(result.name()).name(1))
        : result;
  }

  /**
   * Compares stills, numbered frames or videos.
   *
   * @return the number, from 1, of the first frame that differs or is missing from one of them;
   *     empty if all are equal
   */
  public static OptionalLong firstDifference(Location a, Location b) throws IOException {
    VideoSource one = source(a);
    VideoSource other = source(b);
    VideoIndex indexOfOne = one.index();
    VideoIndex indexOfOther = other.index();
    try (FrameReader left = one.open(indexOfOne, PtsRange.ALL, Optional.empty());
        FrameReader right = other.open(indexOfOther, PtsRange.ALL, Optional.empty())) {
      for (long number = 1; ; number++) {
        Optional<Frame> x = left.next();
        Optional<Frame> y = right.next();
        if (x.isEmpty() && y.isEmpty()) {
          return OptionalLong.empty();
        }
        if (x.isEmpty() || y.isEmpty() || !isSame(x.get(), y.get())) {
          return OptionalLong.of(number);
        }
      }
    }
  }

  private static boolean isSame(Frame a, Frame b) {
    return a.width() == b.width()
        && a.height() == b.height()
        && Arrays.equals(a.rgb(), b.rgb())
        && Arrays.equals(a.alpha().orElse(null), b.alpha().orElse(null));
  }

  private static VideoSource source(Location result) throws IOException {
    if (!Stills.writes(result.name())) {
      return new VideoFile(StoredMedia.of(result));
    }
    // The frame rate does not affect the comparison.
    return new FrameSequence(result.text(), stills(result), new Rational(1, 1));
  }

  private static List<MediaSource> stills(Location result) throws IOException {
    if (!FramePattern.isPattern(result.name())) {
      return List.of(StoredMedia.of(result));
    }
    FramePattern pattern = new FramePattern(result.name());
    List<MediaSource> frames = new ArrayList<>();
    for (long number = 1; ; number++) {
      Location still = result.sibling(pattern.name(number));
      Optional<FileEntry> entry = Storage.of(still).find(still);
      if (entry.isEmpty()) {
        return frames;
      }
      frames.add(new StoredMedia(entry.get()));
    }
  }
}
