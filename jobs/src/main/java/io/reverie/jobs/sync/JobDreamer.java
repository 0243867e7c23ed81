package io.reverie.jobs.sync;

import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.sync.input.InputKind;
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

/** Dreams items with the jobs of {@code reverie images} and {@code reverie video}. */
public final class JobDreamer {

  private JobDreamer() {}

  /**
   * Returns a dreamer for each kind of input.
   *
   * @param options must overwrite existing results
   */
  public static Map<InputKind, ItemDreamer> of(
      JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {
    ImagesJob images = new ImagesJob(spark, resolved, options);
    VideoJob videos = new VideoJob(spark, resolved, options);
    return Map.of(
        InputKind.IMAGE,
        new Images(resolved, images),
        InputKind.VIDEO,
        new Videos(resolved, videos));
  }

  private record Images(ResolvedSpec resolved, ImagesJob job) implements ItemDreamer {

    @Override
    public List<Outcome> dream(List<SyncItem> items, Journal journal) {
      requireNetwork(resolved);
      return job.dream(workItems(items), Recorder.of(items, journal));
    }

    @Override
    public void forecast(List<SyncItem> items, RunListener run) {
      requireNetwork(resolved);
      job.forecast(workItems(items), run);
    }
  }

  private record Videos(ResolvedSpec resolved, VideoJob job) implements ItemDreamer {

    @Override
    public List<Outcome> dream(List<SyncItem> items, Journal journal) throws IOException {
      requireNetwork(resolved);
      return videos(items, journal, job);
    }

    @Override
    public void forecast(List<SyncItem> items, RunListener run) throws IOException {
      requireNetwork(resolved);
      job.forecast(workItems(items), run);
    }
  }

  private static void requireNetwork(ResolvedSpec resolved) {
    try {
      Dreamers.requireLayers(resolved);
    } catch (DreamException e) {
      throw UserException.environment(e.getMessage(), e);
    }
  }

  /** Fails only those videos whose output cannot be written with these settings. */
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
    Iterator<Outcome> dreamed =
        job.dream(workItems(others), Recorder.of(others, journal)).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (SyncItem item : items) {
      outcomes.add(refused.containsKey(item) ? refused.get(item) : dreamed.next());
    }
    return outcomes;
  }

  private static List<WorkItem> workItems(List<SyncItem> items) {
    return items.stream()
        .map(JobDreamer::workItem)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static WorkItem workItem(SyncItem item) {
    return new WorkItem(item.input().location().text(), item.output(), item.folder());
  }

  /** Records starts and ends in the journal. */
  private record Recorder(Map<WorkItem, SyncItem> items, Journal journal) implements ItemListener {

    static Recorder of(List<SyncItem> items, Journal journal) {
      return new Recorder(
          items.stream().collect(Collectors.toMap(JobDreamer::workItem, Function.identity())),
          journal);
    }

    @Override
    public ItemListener only(WorkItem item) {
      return new Recorder(Map.of(item, Objects.requireNonNull(items.get(item))), journal);
    }

    @Override
    public void begun(WorkItem workItem) {
      try {
        journal.begin(Objects.requireNonNull(items.get(workItem)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void ended(WorkItem workItem, Outcome outcome) {
      try {
        journal.end(Objects.requireNonNull(items.get(workItem)), outcome);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
