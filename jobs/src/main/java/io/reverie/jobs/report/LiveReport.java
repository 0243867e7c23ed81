package io.reverie.jobs.report;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.Snapshot.Moment;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import io.reverie.temporal.measure.StageTimer.Times;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the content of the report of a running job. Without a report it stores nothing, so jobs
 * call it in either case.
 */
public final class LiveReport {

  /** Results of which a page shows pictures. */
  public static final int MAX_PICTURES = ReportContent.MAX_SHOWN;

  /** Videos of which a page shows a film and plots. */
  public static final int MAX_FILMS = ReportContent.MAX_FILMS;

  private static final Logger LOG = LoggerFactory.getLogger(LiveReport.class);

  private static final LiveReport NONE = new LiveReport(Optional.empty(), Snapshots.none());

  /** All but the page of a run that leaves none. */
  private record Parts(
      JavaSparkContext spark, ReportContent content, TaskWatch watch, PeriodicWriter renewal) {}

  private final Optional<Parts> parts;
  private Snapshots snapshots;

  private LiveReport(Optional<Parts> parts, Snapshots snapshots) {
    this.parts = parts;
    this.snapshots = snapshots;
  }

  /** The report of a run that leaves no page. */
  public static LiveReport none() {
    return NONE;
  }

  /** A job that writes to a report. */
  public interface Job {
    List<Outcome> run(LiveReport report) throws IOException;
  }

  /** Runs a job, whose page these write. */
  static List<Outcome> during(
      JavaSparkContext spark,
      ReportContent content,
      TaskWatch watch,
      PeriodicWriter renewal,
      Job job)
      throws IOException {
    Parts parts = new Parts(spark, content, watch, renewal);
    return new LiveReport(Optional.of(parts), Snapshots.none()).run(job);
  }

  private List<Outcome> run(Job job) throws IOException {
    Parts all = parts.orElseThrow();
    try {
      List<Outcome> outcomes = job.run(this);
      all.watch().drain();
      all.content().end(outcomes);
      return all.renewal().end(outcomes);
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      all.content().end(ReportContent.State.FAILED, Failure.sentence(e).orElse(e.toString()));
      all.renewal().endAfter(e);
      throw e;
    }
  }

  /** Returns whether a page is written. */
  public boolean isWanted() {
    return parts.isPresent();
  }

  /** Chooses stills to show: if there are many, some of them, evenly spread. */
  public void chooseStills(List<WorkItem> items) {
    Set<Moment> chosen = new HashSet<>();
    int shown = Math.min(items.size(), ReportContent.MAX_SHOWN);
    for (int i = 0; i < shown; i++) {
      WorkItem item = items.get((int) ((i + 0.5) * items.size() / shown));
      chosen.add(new Moment(item.output().text(), 0));
    }
    take(chosen);
  }

  /** Chooses moments to show; the frames are given by their times. */
  public void choose(List<String> outputs, List<List<Long>> times) {
    Set<Moment> chosen = new HashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      for (long pts : times.get(i)) {
        chosen.add(new Moment(outputs.get(i), pts));
      }
    }
    take(chosen);
  }

  private void take(Set<Moment> chosen) {
    parts.ifPresent(all -> snapshots = Snapshots.of(pictures(all), chosen, side(chosen.size())));
  }

  private static SnapshotAccumulator pictures(Parts all) {
    SnapshotAccumulator taken = new SnapshotAccumulator();
    all.spark().sc().register(taken);
    all.watch().follow(taken);
    return taken;
  }

  /**
   * Chooses moments of one more result, as soon as it is known what it will show.
   *
   * @param times of the frames
   * @param results number of results of the run
   * @return takes these pictures in tasks, and those of the newest frame
   */
  public synchronized Snapshots choose(String output, List<Long> times, int results) {
    if (parts.isEmpty()) {
      return Snapshots.none();
    }
    if (snapshots.isNone()) {
      int side = side(moments(results) * Math.min(results, MAX_PICTURES));
      snapshots = Snapshots.of(pictures(parts.get()), Set.of(), side);
    }
    Set<Moment> own =
        times.stream().map(pts -> new Moment(output, pts)).collect(Collectors.toSet());
    snapshots = snapshots.and(own);
    return snapshots.only(own);
  }

  /** The more pictures, the smaller: a page stays below a few megabytes. */
  public static int side(int pictures) {
    if (pictures <= 2) {
      return 1024;
    }
    return pictures <= 12 ? 640 : 400;
  }

  /** Takes pictures in tasks. */
  public synchronized Snapshots snapshots() {
    return snapshots;
  }

  /** Returns how many moments of each of several videos are worth a picture. */
  public static int moments(int videos) {
    return Math.max(1, 12 / Math.max(1, Math.min(videos, ReportContent.MAX_SHOWN)));
  }

  public void plan(FilmPlan film) {
    parts.ifPresent(all -> all.content().add(film));
  }

  /** Follows the progress of a phase until the next. */
  public void follow(TaskProgress progress) {
    parts.ifPresent(all -> all.watch().follow(progress));
  }

  /** Names the tasks of a job by their places. */
  public void name(JobName jobs, IntFunction<String> task) {
    parts.ifPresent(all -> all.watch().name(jobs, task));
  }

  /** Tells the measures of some frames of a result. */
  public void measures(String output, MeasureDigest digest) {
    parts.ifPresent(all -> all.content().add(output, digest));
  }

  public void times(Times times) {
    parts.ifPresent(all -> all.content().add(times));
  }

  public void ended(Outcome outcome) {
    parts.ifPresent(all -> all.content().add(outcome));
  }

  /** Tells where the beginning of a video can be watched; empty once the whole can. */
  public void partial(Optional<Location> file) {
    parts.ifPresent(all -> all.content().partial(file.map(Location::text)));
  }

  public void film(String output, Film film) {
    parts.ifPresent(all -> all.content().add(output, film));
  }

  /**
   * Shows numbers large, in their order.
   *
   * @param toDo number of results that this run will make
   */
  public void counts(Map<String, Long> numbers, long toDo) {
    parts.ifPresent(all -> all.content().counts(numbers, toDo));
  }

  /**
   * Tells that an input is not dreamed yet.
   *
   * @param state in a word or two
   * @param reason may be empty
   */
  public void waiting(String input, String state, String reason) {
    parts.ifPresent(all -> all.content().add(new ReportContent.Waiting(input, state, reason)));
  }

  /** Takes pictures of chosen results that existed before. */
  public void showKept(List<WorkItem> items, List<Outcome> outcomes) {
    if (parts.isEmpty()) {
      return;
    }
    Set<String> kept =
        outcomes.stream()
            .filter(outcome -> outcome.status() == Outcome.Status.KEPT)
            .map(Outcome::output)
            .collect(Collectors.toSet());
    show(
        items.stream()
            .filter(item -> kept.contains(item.output().text()))
            .filter(item -> snapshots.isChosen(item.output().text(), 0))
            .toList());
  }

  /** Takes pictures of results that are there, in tasks. */
  public void show(List<WorkItem> ready) {
    parts.ifPresent(
        all -> {
          int side = side(ready.size());
          List<ResultReader> work =
              ready.stream()
                  .limit(MAX_PICTURES)
                  .filter(item -> !item.isNoise())
                  .map(item -> new ResultReader(item.input(), item.output(), side))
                  .toList();
          add(
              () ->
                  Tasks.run(
                      all.spark(),
                      "Making thumbnails",
                      work,
                      ResultReader::run,
                      made -> made.forEach(this::add)));
        });
  }

  /** Does work for the page alone; if it fails, the page is incomplete and the run continues. */
  public void add(Runnable work) {
    try {
      work.run();
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      LOG.debug("part of the report is missing: {}", e.toString());
    }
  }

  public void add(Snapshot snapshot) {
    parts.ifPresent(all -> all.content().add(snapshot));
  }

  /** The chosen moments of a result that no task has taken, because an earlier run dreamed them. */
  public List<Long> missing(String output) {
    if (parts.isEmpty()) {
      return List.of();
    }
    Parts all = parts.get();
    all.watch().drain();
    return snapshots().chosen().stream()
        .filter(moment -> moment.output().equals(output) && !all.content().has(moment))
        .map(Moment::pts)
        .sorted()
        .toList();
  }
}
