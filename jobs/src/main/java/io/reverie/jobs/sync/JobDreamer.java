package io.reverie.jobs.sync;

import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.video.VideoJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Dreams by the jobs that {@code reverie images} and {@code reverie video} run. */
public final class JobDreamer {

  private JobDreamer() {}

  /**
   * For each kind of input.
   *
   * @param options of the jobs, which must overwrite
   */
  public static Map<InputKind, ItemDreamer> of(
      JavaSparkContext spark, ResolvedSpec recipe, RunOptions options) {
    ImagesJob images = new ImagesJob(spark, recipe, options);
    VideoJob videos = new VideoJob(spark, recipe, options);
    return Map.of(
        InputKind.IMAGE,
        (items, journal) -> {
          requireNetwork(recipe);
          return images.dream(wishes(items), Recorder.of(items, journal));
        },
        InputKind.VIDEO,
        (items, journal) -> {
          requireNetwork(recipe);
          return videos(items, journal, videos);
        });
  }

  /** Refuses an unknown layer before any work. */
  private static void requireNetwork(ResolvedSpec recipe) {
    try {
      Dreamers.of(recipe, "cpu");
    } catch (DreamException e) {
      throw UserException.environment(e.getMessage(), e);
    }
  }

  /** What cannot be written as the user wants it must not hold up the others. */
  private static List<Outcome> videos(List<SyncItem> items, Journal journal, VideoJob job)
      throws IOException {
    Map<SyncItem, Outcome> refused = new HashMap<>();
    for (SyncItem item : items) {
      try {
        job.requireWritable(item.output());
      } catch (UserException e) {
        Outcome outcome = Journal.failed(item, e.getMessage());
        journal.end(item, outcome);
        refused.put(item, outcome);
      }
    }
    List<SyncItem> others = items.stream().filter(item -> !refused.containsKey(item)).toList();
    Iterator<Outcome> dreamed = job.dream(wishes(others), Recorder.of(others, journal)).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (SyncItem item : items) {
      outcomes.add(refused.containsKey(item) ? refused.get(item) : dreamed.next());
    }
    return outcomes;
  }

  private static List<WorkItem> wishes(List<SyncItem> items) {
    return items.stream().map(JobDreamer::wish).collect(Collectors.toCollection(ArrayList::new));
  }

  private static WorkItem wish(SyncItem item) {
    return new WorkItem(item.input().location().text(), item.output(), item.folder());
  }

  /** Writes down what it hears. */
  private record Recorder(Map<WorkItem, SyncItem> items, Journal journal) implements ItemListener {

    static Recorder of(List<SyncItem> items, Journal journal) {
      return new Recorder(
          items.stream().collect(Collectors.toMap(JobDreamer::wish, Function.identity())), journal);
    }

    @Override
    public void begun(WorkItem wish) {
      try {
        journal.begin(Objects.requireNonNull(items.get(wish)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void ended(WorkItem wish, Outcome outcome) {
      try {
        journal.end(Objects.requireNonNull(items.get(wish)), outcome);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
