package io.reverie.jobs.video;

import io.reverie.jobs.chain.Chains;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.LiveReport;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The bars of a run of videos: one for the cuts until the first video is dreamed, then one for the
 * dreams. Thread-safe.
 */
final class VideoProgress implements AutoCloseable {

  static final String DREAMING = "Dreaming";

  private final JavaSparkContext spark;
  private final boolean quiet;
  private final LiveReport report;
  private Optional<TaskProgress> cuts = Optional.empty();
  private Optional<TaskProgress> dreams = Optional.empty();

  VideoProgress(JavaSparkContext spark, boolean quiet, LiveReport report) {
    this.spark = spark;
    this.quiet = quiet;
    this.report = report;
  }

  private TaskProgress bar(String title, boolean hidden) {
    return TaskProgress.growing(spark.sc(), title, "frames", hidden, () -> Chains.slots(spark));
  }

  /** Tells that the cuts of a video are detected; returns the counter of its frames. */
  synchronized FrameCounter cuts(String group, int frames) {
    if (cuts.isEmpty()) {
      cuts = Optional.of(bar("Detecting cuts", quiet || dreams.isPresent()));
    }
    cuts.get().plan(group, List.of(frames), 1);
    return cuts.get().counter();
  }

  /**
   * Tells that a video is dreamed; returns the counter of its frames.
   *
   * @param segments frames of each, in the order in which they start
   * @param part of the whole run
   */
  synchronized FrameCounter dreaming(String group, List<Integer> segments, double part) {
    if (dreams.isEmpty()) {
      cuts.ifPresent(TaskProgress::close);
      cuts = Optional.empty();
      TaskProgress bar = bar(DREAMING, quiet);
      dreams = Optional.of(bar);
      report.follow(bar);
    }
    dreams.get().plan(group, segments, part);
    return dreams.get().counter();
  }

  /** Tells that nothing of a video is left to do. */
  synchronized void finish(String group) {
    dreams.ifPresent(bar -> bar.finish(group));
  }

  @Override
  public synchronized void close() {
    cuts.ifPresent(TaskProgress::close);
    dreams.ifPresent(TaskProgress::close);
  }
}
