package io.reverie.jobs.video;

import io.reverie.jobs.forecast.Pace;
import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The Spark stages of a run: dream the segments, fade the seams, assemble the videos. */
record VideoStages(
    JavaSparkContext spark, RunOptions options, List<VideoItem> items, VideoReporter reporter) {

  /**
   * Runs all stages.
   *
   * @return one outcome for each video
   */
  List<Outcome> run(ItemListener listener, LiveReport report) {
    long begun = System.currentTimeMillis();
    Broadcast<List<VideoItem>> all = spark.broadcast(items);
    List<SegmentResult> results = new ArrayList<>(dreamSegments(all));
    results.addAll(fadeSeams(all, results));
    return assemble(byVideo(results), listener, report, begun);
  }

  /** One task for each segment, the longest first. */
  private List<SegmentResult> dreamSegments(Broadcast<List<VideoItem>> all) {
    List<SegmentTask> work = SegmentTask.of(items, options.partial());
    Pace pace =
        new Pace(work.stream().map(w -> w.segment().frames()).toList(), spark.defaultParallelism());
    try (TaskProgress progress =
            TaskProgress.start(spark.sc(), "Dreaming", "frames", options.quiet(), pace);
        PartialVideo partial = reporter.partial(options)) {
      reporter.dreaming(progress, work);
      SegmentDreamer dreamer =
          new SegmentDreamer(options, progress.counter(), reporter.snapshots());
      return Tasks.run(
          spark,
          name(VideoReporter.DREAMING, "dreaming").counting(work.size(), "segment"),
          work,
          w -> dreamer.dream(w.item(), all.value().get(w.item()), w.segment()),
          result -> {
            reporter.ended(result);
            partial.ended(result);
          });
    }
  }

  /** One task for each seam. */
  private List<SegmentResult> fadeSeams(
      Broadcast<List<VideoItem>> all, List<SegmentResult> dreamed) {
    List<SeamTask> work = SeamTask.of(items, dreamed);
    if (work.isEmpty()) {
      return List.of();
    }
    return Tasks.run(
        spark,
        name("Fading seams", "fading").counting(work.size(), "seam"),
        work,
        f -> SeamFader.fade(f.item(), all.value().get(f.item()), f.seam(), f.early(), f.late()),
        reporter::ended);
  }

  /** Each video's results in order of time. */
  private static Map<Integer, List<SegmentResult>> byVideo(List<SegmentResult> results) {
    return results.stream()
        .sorted(Comparator.comparingInt(SegmentResult::number).thenComparing(SegmentResult::seam))
        .collect(
            Collectors.groupingBy(SegmentResult::item, Collectors.toCollection(ArrayList::new)));
  }

  /** One task for each video. */
  private List<Outcome> assemble(
      Map<Integer, List<SegmentResult>> results,
      ItemListener listener,
      LiveReport report,
      long begun) {
    List<VideoAssembly> assemblies =
        IntStream.range(0, items.size())
            .mapToObj(
                i ->
                    new VideoAssembly(
                        items.get(i), options, results.getOrDefault(i, List.of()), listener, begun))
            .toList();
    return Tasks.run(
        spark, name("Assembling", "assembling"), assemblies, VideoAssembly::run, report::ended);
  }

  private JobName name(String phase, String work) {
    return JobName.of(
        phase, work, items.stream().map(item -> item.input().name()).toList(), "video");
  }
}
