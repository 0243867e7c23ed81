package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.MediaException;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.ShotDetector;
import io.reverie.video.shot.Shots;
import io.reverie.video.sound.Loudness;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Probes videos in Spark tasks: which frames they have, and where shots begin. */
record VideoProbe(JavaSparkContext spark, boolean quiet) {

  /** Frames per task; the result does not depend on it. */
  private static final int FRAMES = 500;

  /** A video to read, and the settings that select a part of it. */
  record Candidate(WorkItem item, PipelineSpec spec) implements Serializable {}

  /**
   * A readable video.
   *
   * @param range of the frames to dream
   * @param loudness of its sound, if the spec follows it
   */
  record ProbedVideo(InputVideo input, VideoIndex index, PtsRange range, Loudness loudness)
      implements Serializable {}

  /**
   * The outcome of a probe.
   *
   * @param probed the video; none if it could not be read
   * @param failure the error message; empty on success
   * @param usage whether the command line or the settings are at fault
   */
  record ProbeResult(List<ProbedVideo> probed, String failure, boolean usage)
      implements Serializable {
    static ProbeResult failed(String sentence, boolean usage) {
      return new ProbeResult(List.of(), sentence, usage);
    }
  }

  /** Reads the index of each video. */
  List<ProbeResult> of(List<Candidate> items, ItemListener listener) {
    return Tasks.run(
        spark,
        JobName.of(
            "Reading",
            "reading the index",
            items.stream().map(each -> each.item().input()).toList(),
            "video"),
        items,
        each -> {
          listener.begun(each.item());
          return probe(each.item().input(), each.spec());
        },
        result -> {});
  }

  private static ProbeResult probe(String name, PipelineSpec spec) {
    try {
      InputVideo input = InputVideo.of(name, spec);
      VideoIndex index = input.source().index();
      spec.mask().requireAlpha(name, index.alpha());
      DreamMemory need = DreamMemory.of(FrameImages.ofDream(index.size()), spec);
      need.require(name, need.frame(index.colour()));
      PtsRange range = range(index, spec, name);
      Loudness loudness = loudness(input, index, spec.schedule().audioKeys());
      return new ProbeResult(List.of(new ProbedVideo(input, index, range, loudness)), "", false);
    } catch (UserException e) {
      return ProbeResult.failed(e.getMessage(), e.kind() == UserException.Kind.USAGE);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return ProbeResult.failed(Failure.of(e), false);
    }
  }

  static Loudness loudness(InputVideo input, VideoIndex index, List<String> listeners) {
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
  static boolean detectsCuts(VideoSpec spec) {
    return spec.temporal() != TemporalMode.NONE && spec.cuts().detected();
  }

  private record Part(int video, PtsRange range) implements Serializable {}

  private record PartShots(int video, Shots shots) implements Serializable {}

  /** Detects cuts and flashes. */
  List<Shots> shots(List<ProbedVideo> videos) {
    List<Part> parts = new ArrayList<>();
    long frames = 0;
    for (int i = 0; i < videos.size(); i++) {
      parts.addAll(parts(i, videos.get(i)));
      frames += videos.get(i).index().count(videos.get(i).range());
    }
    if (parts.isEmpty()) {
      return List.of();
    }
    Broadcast<List<ProbedVideo>> shared = spark.broadcast(videos);
    List<PartShots> found;
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Detecting cuts", frames, "frames", quiet)) {
      FrameCounter counter = progress.counter();
      found =
          Tasks.run(
              spark,
              JobName.of(
                      "Detecting cuts",
                      "detecting cuts in",
                      videos.stream().map(video -> video.input().name()).toList(),
                      "video")
                  .counting(parts.size(), "part"),
              parts,
              part -> detect(shared.value().get(part.video()), part, counter),
              result -> {});
    }
    return merged(videos.size(), found);
  }

  private static List<Shots> merged(int videos, List<PartShots> found) {
    return java.util.stream.IntStream.range(0, videos)
        .mapToObj(i -> found.stream().filter(f -> f.video() == i).map(PartShots::shots).toList())
        .map(
            all ->
                new Shots(
                    all.stream().flatMap(s -> s.cuts().stream()).toList(),
                    all.stream().flatMap(s -> s.flashes().stream()).toList()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Finds no cuts in unreadable parts: dreaming them reports the error. */
  private static PartShots detect(ProbedVideo video, Part part, FrameCounter counter) {
    try {
      return new PartShots(
          part.video(),
          new ShotDetector(video.input().source(), video.index()).detect(part.range()));
    } catch (MediaException | OutOfMemoryError e) {
      return new PartShots(part.video(), new Shots(List.of(), List.of()));
    } finally {
      counter.add(video.index().count(part.range()));
    }
  }

  private static List<Part> parts(int number, ProbedVideo video) {
    VideoIndex index = video.index();
    int first = index.first(video.range().from());
    int end = index.first(video.range().to());
    List<Part> parts = new ArrayList<>();
    for (int from = first; from < end; from += FRAMES) {
      parts.add(new Part(number, index.range(from, Math.min(end, from + FRAMES))));
    }
    return parts;
  }
}
