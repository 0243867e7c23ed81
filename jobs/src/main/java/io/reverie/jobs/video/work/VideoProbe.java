package io.reverie.jobs.video.work;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.process.SystemLimit;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.MediaException;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.header.HeaderException;
import io.reverie.video.shot.ShotDetector;
import io.reverie.video.shot.Shots;
import io.reverie.video.sound.Loudness;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds out which frames a video has, and where its shots begin. */
public final class VideoProbe {

  /** Frames whose cuts one task detects; the result does not depend on it. */
  private static final int FRAMES = 500;

  private static final Shots NO_SHOTS = new Shots(List.of(), List.of());

  private VideoProbe() {}

  /** Reads the index of a video. */
  public static ReadVideo read(String name, PipelineSpec spec) throws IOException {
    return read(InputVideo.of(name, spec), spec);
  }

  /** Reads the index of a video that was found. */
  public static ReadVideo read(InputVideo input, PipelineSpec spec) {
    VideoIndex index = input.source().index();
    require(input.name(), index, spec);
    return new ReadVideo(
        input,
        index,
        range(index, spec, input.name()),
        loudness(input, index, spec.schedule().audioKeys()));
  }

  /**
   * Refuses a video that cannot be dreamed here.
   *
   * @throws UserException that says why
   */
  public static void require(String name, VideoIndex index, PipelineSpec spec) {
    spec.mask().requireAlpha(name, index.alpha());
    DreamMemory need = DreamMemory.of(FrameImages.ofDream(index.size()), spec);
    need.require(name, need.frame(index.colour()));
  }

  public static Loudness loudness(InputVideo input, VideoIndex index, List<String> listeners) {
    if (listeners.isEmpty()) {
      return Loudness.NONE;
    }
    return input
        .media(index)
        .flatMap(media -> Loudness.of(media, index))
        .orElseThrow(
            () ->
                UserException.environment(
                    "%s has no sound for %s to follow; set keyframes or a constant instead"
                        .formatted(input.name(), String.join(", ", listeners))));
  }

  private static PtsRange range(VideoIndex index, PipelineSpec spec, String name) {
    VideoSpec video = spec.video();
    int from = 0;
    int to = index.count();
    if (video.start().seconds().isPresent()) {
      from = index.first(index.at(video.start().seconds().getAsDouble()));
    }
    if (video.end().seconds().isPresent()) {
      to = index.first(index.at(video.end().seconds().getAsDouble()));
    }
    if (from >= to) {
      throw UserException.environment(
          "%s; it is %.2f s long"
              .formatted(empty(video, from >= index.count(), name), length(index)));
    }
    return index.range(from, to);
  }

  /** Returns the seconds until the last frame has been shown. */
  private static double length(VideoIndex index) {
    return index.seconds() + index.duration(index.count() - 1) * index.timeBase().toDouble();
  }

  /** Tells which of the times leaves no frame. */
  private static String empty(VideoSpec video, boolean late, String name) {
    if (late) {
      return "--start %s is after the last frame of %s".formatted(video.start().text(), name);
    }
    return video.start().seconds().isEmpty()
        ? "--end %s is before the first frame of %s".formatted(video.end().text(), name)
        : "%s has no frame between --start %s and --end %s"
            .formatted(name, video.start().text(), video.end().text());
  }

  /** Whether cuts are detected; shots do not matter where each frame is dreamed alone. */
  public static boolean detectsCuts(VideoSpec spec) {
    return spec.temporal() != TemporalMode.NONE && spec.cuts().detected();
  }

  /** The shots of a video; empty if they have yet to be detected. */
  public static Optional<Shots> shots(PlannedVideo video, ReadVideo read) throws IOException {
    VideoSpec spec = video.spec().video();
    if (detectsCuts(spec)) {
      return video.work().shots();
    }
    return Optional.of(
        spec.temporal() == TemporalMode.NONE
            ? NO_SHOTS
            : new Shots(spec.cuts().begins(read.index()), List.of()));
  }

  /** The number of parts in which the cuts of a video are detected. */
  public static int parts(int frames) {
    return (frames + FRAMES - 1) / FRAMES;
  }

  /** The number of frames in a part. */
  public static int framesOf(int part, int frames) {
    return Math.min(FRAMES, frames - part * FRAMES);
  }

  /**
   * Detects the cuts and flashes in a part of a video. There are none in damaged parts: dreaming
   * them reports the error.
   *
   * @throws MediaException if it cannot be read now, as cuts would be missed that a rerun finds
   */
  public static Shots detect(ReadVideo video, int part) {
    VideoIndex index = video.index();
    int from = index.first(video.range().from()) + part * FRAMES;
    int to = Math.min(index.first(video.range().to()), from + FRAMES);
    try {
      return new ShotDetector(video.input().source(), index).detect(index.range(from, to));
    } catch (MediaException e) {
      if (isPassing(e)) {
        throw e;
      }
      return NO_SHOTS;
    }
  }

  /** Whether the storage or this process is at fault, and not the content. */
  private static boolean isPassing(MediaException e) {
    boolean storage = e.getCause() instanceof IOException io && !(io instanceof HeaderException);
    return storage || SystemLimit.sentence(e).isPresent();
  }

  /** The shots of all parts, in their order. */
  public static Shots joined(List<Shots> parts) {
    return new Shots(
        parts.stream().flatMap(shots -> shots.cuts().stream()).toList(),
        parts.stream().flatMap(shots -> shots.flashes().stream()).toList());
  }
}
