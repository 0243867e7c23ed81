package io.reverie.jobs;

import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.spec.Recipe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    VideoPlan plan =
        VideoPlan.of(inputs, output, recipe, options, new Scouting(spark, options.quiet()));
    if (options.dryRun() || plan.items().isEmpty()) {
      return plan.outcomes();
    }
    try (WorkFolders folders = WorkFolders.create(plan.items())) {
      return plan.outcomesWith(assemble(plan.items(), dream(plan.items())));
    }
  }

  private record Work(int item, Segment segment) implements Serializable {}

  private record Fade(int item, Seam seam) implements Serializable {}

  /** One task for each segment, the longest first; then one for each seam between them. */
  private List<Piece> dream(List<VideoItem> items) {
    List<Work> work = new ArrayList<>();
    List<Fade> fades = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (Segment segment : items.get(i).plan().segments()) {
        work.add(new Work(i, segment));
      }
      for (Seam seam : items.get(i).plan().seams()) {
        fades.add(new Fade(i, seam));
      }
    }
    work.sort(Comparator.comparingInt((Work w) -> w.segment().frames()).reversed());
    Broadcast<List<VideoItem>> all = spark.broadcast(items);
    List<Piece> pieces = new ArrayList<>(dream(work, all));
    pieces.addAll(fade(fades, pieces, all));
    return pieces;
  }

  private List<Piece> dream(List<Work> work, Broadcast<List<VideoItem>> all) {
    long frames = work.stream().mapToInt(w -> w.segment().frames()).sum();
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Dreaming", frames, "frames", options.quiet())) {
      SegmentDreamer dreamer = new SegmentDreamer(recipe, progress.counter());
      return spark
          .parallelize(work, work.size())
          .map(w -> dreamer.dream(w.item(), all.value().get(w.item()), w.segment()))
          .collect();
    }
  }

  /** Seams of items that have not failed already. */
  private List<Piece> fade(List<Fade> fades, List<Piece> dreamed, Broadcast<List<VideoItem>> all) {
    Set<Integer> failed =
        dreamed.stream()
            .filter(p -> !p.failure().isEmpty())
            .map(Piece::item)
            .collect(Collectors.toSet());
    List<Fade> work = fades.stream().filter(f -> !failed.contains(f.item())).toList();
    if (work.isEmpty()) {
      return List.of();
    }
    SeamFader fader = new SeamFader(recipe);
    return spark
        .parallelize(work, work.size())
        .map(f -> fader.fade(f.item(), all.value().get(f.item()), f.seam()))
        .collect();
  }

  private List<Outcome> assemble(List<VideoItem> items, List<Piece> pieces) {
    List<VideoAssembly> assemblies =
        IntStream.range(0, items.size())
            .mapToObj(i -> new VideoAssembly(items.get(i), recipe, of(pieces, i)))
            .toList();
    return spark.parallelize(assemblies, assemblies.size()).map(VideoAssembly::run).collect();
  }

  /** An item's pieces in the order of their times. */
  private static List<Piece> of(List<Piece> pieces, int item) {
    return pieces.stream()
        .filter(p -> p.item() == item)
        .sorted(Comparator.comparingInt(Piece::number).thenComparing(Piece::seam))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
