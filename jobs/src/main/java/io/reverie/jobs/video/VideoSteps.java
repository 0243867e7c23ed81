package io.reverie.jobs.video;

import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.kept.KeptLookup;
import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoContents;
import io.reverie.jobs.video.work.VideoProbe;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark jobs that find out what there is to dream: they read the index, detect the cuts and
 * plan the segments. A short video takes one of them.
 *
 * @param moments of a video that a report shows; 0 without a report
 * @param alike whether all videos have the same settings
 */
record VideoSteps(
    JavaSparkContext spark,
    RunOptions options,
    ItemListener listener,
    KeptLookup kept,
    VideoProgress progress,
    int moments,
    boolean alike) {

  /** Jobs that dream nothing wait for no dream. */
  private static final String POOL = "reverie-plan";

  /** The shots of a part of a video. */
  record Part(Shots shots, String failure) implements Serializable {}

  /**
   * Names a job of a video.
   *
   * @param phase kind of work
   * @param does what it does with the video
   */
  static JobName label(WorkItem item, String phase, String does) {
    return label(item, phase, does, POOL);
  }

  static JobName label(WorkItem item, String phase, String does, String pool) {
    return JobName.of(phase, does, List.of(item.input()), "video")
        .in("video " + item.output().absolute(), pool);
  }

  /** The group of all jobs of a video, as Spark knows it. */
  static String group(WorkItem item) {
    return label(item, "", "").group();
  }

  /**
   * Plans a video.
   *
   * @param notices receives sentences for the user
   * @return the video ready, or refused
   * @throws UserException if the settings that all videos share are at fault
   */
  Planning plan(SpecifiedItem item, Consumer<String> notices) throws IOException {
    VideoPlanner planner = new VideoPlanner(item, options, kept.beside(item.item()), moments);
    ItemListener told = listener.only(item.item());
    Planning read = one(label(item.item(), "Reading", "reading"), () -> planner.read(told));
    Planning planned =
        read instanceof Planning.Uncut uncut
            ? detected(item.item(), planner, uncut.video(), uncut.frames())
            : read;
    if (planned instanceof Planning.Refused refused && refused.usage() && alike) {
      throw UserException.usage(refused.sentence());
    }
    if (planned instanceof Planning.Ready ready) {
      ready.summary().notices().forEach(notices);
    }
    return planned;
  }

  /** Work of a single task. */
  interface Single<R> extends Serializable {
    R run();
  }

  /** Runs a job of one task, whose closure is all that it needs. */
  <R> R one(JobName label, Single<R> work) {
    return Tasks.run(spark, label, List.of(0), number -> work.run(), result -> {}).get(0);
  }

  /** Detects the cuts of a long video in many tasks, and then plans it. */
  private Planning detected(WorkItem item, VideoPlanner planner, PlannedVideo video, int frames) {
    FrameCounter counter = progress.cuts(group(item), frames);
    List<Integer> numbers = IntStream.range(0, VideoProbe.parts(frames)).boxed().toList();
    List<Part> parts =
        Tasks.run(
            spark,
            label(item, "Detecting cuts", "detecting cuts in " + Count.of(numbers.size(), "part")),
            numbers,
            part -> {
              Part detected = detect(video, part);
              counter.add(VideoProbe.framesOf(part, frames));
              return detected;
            },
            result -> {});
    Optional<String> failure =
        parts.stream().map(Part::failure).filter(sentence -> !sentence.isEmpty()).findFirst();
    if (failure.isPresent()) {
      return new Planning.Refused(failure.get(), false);
    }
    Shots shots = VideoProbe.joined(parts.stream().map(Part::shots).toList());
    return one(label(item, "Planning", "planning"), () -> planner.plan(video, shots));
  }

  static Part detect(PlannedVideo video, int part) {
    Shots none = new Shots(List.of(), List.of());
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return new Part(none, fatal.get());
    }
    try {
      return new Part(VideoProbe.detect(VideoContents.read(video), part), "");
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Part(none, Failure.of(e));
    }
  }
}
