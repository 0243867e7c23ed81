package io.reverie.jobs.sync;

import io.reverie.core.DreamException;
import io.reverie.jobs.ImagesJob;
import io.reverie.jobs.ItemListener;
import io.reverie.jobs.Outcome;
import io.reverie.jobs.RunOptions;
import io.reverie.jobs.UserException;
import io.reverie.jobs.VideoJob;
import io.reverie.jobs.Wish;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.spec.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Dreams by the jobs that {@code reverie images} and {@code reverie video} run. */
public final class JobDreams {

  private JobDreams() {}

  /**
   * For each kind of input.
   *
   * @param options of the jobs, which must overwrite
   */
  public static Map<Kind, Dreams> of(JavaSparkContext spark, Recipe recipe, RunOptions options) {
    ImagesJob images = new ImagesJob(spark, recipe, options);
    VideoJob videos = new VideoJob(spark, recipe, options);
    return Map.of(
        Kind.IMAGE,
        (items, journal) -> {
          requireNetwork(recipe);
          return images.dream(wishes(items), Recorder.of(items, journal));
        },
        Kind.VIDEO,
        (items, journal) -> {
          requireNetwork(recipe);
          return videos(items, journal, videos);
        });
  }

  /** Refuses an unknown layer before any work. */
  private static void requireNetwork(Recipe recipe) {
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

  private static List<Wish> wishes(List<SyncItem> items) {
    return items.stream().map(JobDreams::wish).collect(Collectors.toCollection(ArrayList::new));
  }

  private static Wish wish(SyncItem item) {
    return new Wish(item.input().location().text(), item.output(), item.folder());
  }

  /** Writes down what it hears. */
  private record Recorder(Map<Wish, SyncItem> items, Journal journal) implements ItemListener {

    static Recorder of(List<SyncItem> items, Journal journal) {
      return new Recorder(
          items.stream().collect(Collectors.toMap(JobDreams::wish, Function.identity())), journal);
    }

    @Override
    public void begun(Wish wish) {
      try {
        journal.begin(items.get(wish));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void ended(Wish wish, Outcome outcome) {
      try {
        journal.end(items.get(wish), outcome);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
