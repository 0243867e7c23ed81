package io.reverie.jobs.video;

import io.reverie.core.text.Count;
import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Locality;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.video.FramePattern;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark jobs that dream a planned video, one after the other on one thread of the driver: its
 * segments, its seams, its assembly. They exchange files in the work folder; the driver is told how
 * each segment ended.
 *
 * @param part of the whole run
 */
record VideoChain(
    VideoSteps steps,
    VideoReporter reporter,
    LiveReport report,
    VideoSummary summary,
    double part) {

  /** Jobs that finish a video wait for no dream of another. */
  private static final String JOINING = "reverie-join";

  private static final String POOL = "reverie-dream-";

  /** Pools by length: the longest films share one. */
  private static final int POOLS = 5;

  private JavaSparkContext spark() {
    return steps.spark();
  }

  private PlannedVideo video() {
    return summary.video();
  }

  private JobName label(String phase, String does, String pool) {
    return VideoSteps.label(video().workItem(), phase, does, pool);
  }

  /**
   * Videos of similar length share a pool, in which they follow one another; the pools share the
   * executors, so that short videos need not wait for long ones, nor long ones for all the short.
   *
   * @param segments number of them
   */
  static String pool(int segments) {
    int fours = (31 - Integer.numberOfLeadingZeros(Math.max(1, segments))) / 2;
    return POOL + Math.min(POOLS - 1, fours);
  }

  /** Dreams the video. */
  Outcome run() {
    long begun = System.currentTimeMillis();
    Optional<SegmentEnd> failed = dreamSegments();
    if (failed.isEmpty() && !summary.seams().isEmpty()) {
      failed = fadeSeams();
    }
    VideoAssembly assembly =
        new VideoAssembly(
            video(),
            steps.options(),
            failed.map(SegmentEnd::failure).orElse(""),
            steps.listener().only(video().workItem()),
            begun);
    return steps.one(label("Assembling", "assembling", JOINING), assembly::run);
  }

  /** A segment to dream, near its video. */
  private record SegmentWork(int number, String input) implements Serializable, Locality.Located {
    @Override
    public Optional<Location> place() {
      // Numbered frames are many files.
      return FramePattern.isPattern(input) ? Optional.empty() : Optional.of(Location.of(input));
    }
  }

  /** One task for each segment. */
  private Optional<SegmentEnd> dreamSegments() {
    RunOptions options = steps.options();
    PlannedVideo video = video();
    List<Integer> order = order(options.partial());
    FrameCounter counter =
        steps
            .progress()
            .dreaming(
                VideoSteps.group(video.workItem()),
                order.stream().map(summary.segments()::get).toList(),
                part);
    Snapshots snapshots = reporter.planned(summary);
    SegmentDreamer dreamer = new SegmentDreamer(options, counter, snapshots);
    String does = "dreaming " + Count.of(order.size(), "segment");
    JobName label = label(VideoProgress.DREAMING, does, pool(order.size()));
    reporter.dreaming(label, summary, order);
    try (PartialVideo partial = partial()) {
      return firstFailure(
          Tasks.run(
              spark(),
              label,
              TaskGpu.of(options),
              order.stream().map(n -> new SegmentWork(n, video.workItem().input())).toList(),
              work -> dreamer.dream(video, work.number()),
              end -> {
                reporter.ended(video, end);
                partial.ended(end);
              }));
    }
  }

  /**
   * The order in which segments start.
   *
   * @param inOrder whether in order of time, for users who watch the beginning; otherwise the
   *     longest first, so that no long one starts last
   */
  private List<Integer> order(boolean inOrder) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, summary.segments().size()).boxed().toList());
    if (!inOrder) {
      order.sort(
          Comparator.comparing((Integer number) -> summary.segments().get(number)).reversed());
    }
    return order;
  }

  private PartialVideo partial() {
    return PartialVideo.of(
        video(), report, seams -> fade(seams, end -> {}).isEmpty(), steps.options().partial());
  }

  private Optional<SegmentEnd> fadeSeams() {
    PlannedVideo video = video();
    return fade(summary.seams(), end -> reporter.ended(video, end));
  }

  /** One task for each seam. */
  private Optional<SegmentEnd> fade(List<Integer> seams, Consumer<SegmentEnd> ended) {
    PlannedVideo video = video();
    boolean reported = !summary.film().isEmpty();
    return firstFailure(
        Tasks.run(
            spark(),
            label("Fading seams", "fading " + Count.of(seams.size(), "seam"), JOINING),
            seams,
            before -> SeamFader.fade(video, before, reported),
            ended));
  }

  private static Optional<SegmentEnd> firstFailure(List<SegmentEnd> ends) {
    return ends.stream()
        .filter(end -> end.problem().isPresent())
        .min(Comparator.comparingInt(SegmentEnd::number));
  }
}
