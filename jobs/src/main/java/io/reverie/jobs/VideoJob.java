package io.reverie.jobs;

import io.reverie.jobs.SegmentDreamer.Result;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.spec.Recipe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Dreams videos: plan, dream the segments, assemble, report. */
public record VideoJob(JavaSparkContext spark, Recipe recipe, RunOptions options) {

  /**
   * Runs the job.
   *
   * @param inputs files or patterns of numbered frames
   * @param output a file for one input, a folder for several
   * @return one outcome for each input, in their order
   */
  public List<Outcome> run(List<String> inputs, String output) {
    VideoPlan plan = VideoPlan.of(inputs, output, recipe, options);
    if (options.dryRun() || plan.items().isEmpty()) {
      return plan.outcomes();
    }
    try (WorkFolders folders = WorkFolders.create(plan.items())) {
      return plan.outcomesWith(assemble(plan.items(), dream(plan.items())));
    }
  }

  private record Work(int item, Segment segment) implements Serializable {}

  /** One task for each segment, the longest first. */
  private List<Result> dream(List<VideoItem> items) {
    List<Work> work = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (Segment segment : items.get(i).segments()) {
        work.add(new Work(i, segment));
      }
    }
    work.sort(Comparator.comparingInt((Work w) -> w.segment().frames()).reversed());
    int frames = items.stream().mapToInt(VideoItem::frames).sum();
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Dreaming", frames, "frames", options.quiet())) {
      SegmentDreamer dreamer = new SegmentDreamer(recipe, progress.counter());
      Broadcast<List<VideoItem>> all = spark.broadcast(items);
      return spark
          .parallelize(work, work.size())
          .map(w -> dreamer.dream(w.item(), all.value().get(w.item()), w.segment()))
          .collect();
    }
  }

  private List<Outcome> assemble(List<VideoItem> items, List<Result> results) {
    List<VideoAssembly> assemblies =
        IntStream.range(0, items.size())
            .mapToObj(i -> new VideoAssembly(items.get(i), of(results, i)))
            .toList();
    return spark.parallelize(assemblies, assemblies.size()).map(VideoAssembly::run).collect();
  }

  private static List<Result> of(List<Result> results, int item) {
    return results.stream()
        .filter(r -> r.item() == item)
        .sorted(Comparator.comparingInt(Result::segment))
        .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
  }
}
