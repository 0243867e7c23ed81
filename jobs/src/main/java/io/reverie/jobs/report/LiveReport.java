package io.reverie.jobs.report;

import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.Snapshot.Moment;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.temporal.measure.FrameMeasures;
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
      JavaSparkContext spark, ReportContent story, TaskWatch watch, PeriodicWriter renewal) {}

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

  /** A job that tells a report about itself. */
  public interface Job {
    List<Outcome> run(LiveReport report) throws IOException;
  }

  /**
   * A run that may leave a page.
   *
   * @param command such as video
   * @param output as the user named it
   * @param list that names the items and their settings, if there is one
   */
  public record Run(
      JavaSparkContext spark,
      String command,
      ResolvedSpec resolved,
      RunOptions options,
      Location output,
      Optional<String> list) {

    /** A run whose items all have the same settings. */
    public Run(
        JavaSparkContext spark,
        String command,
        ResolvedSpec resolved,
        RunOptions options,
        Location output) {
      this(spark, command, resolved, options, output, Optional.empty());
    }

    /** A run of a list. */
    public static Run of(
        JavaSparkContext spark, String command, RunOptions options, ItemList list) {
      return new Run(
          spark,
          command,
          list.items().get(0).resolved(),
          options,
          list.output(),
          Optional.of(list.name()));
    }

    /**
     * Runs a job and, if the user wants one, writes its page: at once, every few seconds, and when
     * it has ended, in whatever way.
     *
     * @param items what it works on
     */
    public List<Outcome> during(List<WorkItem> items, Job job) throws IOException {
      if (!options.report().wanted() || options.dryRun() || items.isEmpty()) {
        return job.run(NONE);
      }
      ReportContent story = new ReportContent();
      story.plan(items);
      return during(ReportFile.of(options.report(), output, items), story, job);
    }

    /** Runs a job over a prefix, whose page is among its results. */
    public List<Outcome> duringPrefix(Job job) throws IOException {
      return options.report().wanted() && !options.dryRun()
          ? during(ReportFile.of(options.report(), output, List.of()), new ReportContent(), job)
          : job.run(NONE);
    }

    private List<Outcome> during(ReportFile file, ReportContent story, Job job) throws IOException {
      file.requireOurs();
      TaskWatch watch = new TaskWatch(story);
      spark.sc().addSparkListener(watch);
      try (PeriodicWriter renewal =
          new PeriodicWriter(file, new RunPage(this, file.location()), story, watch)) {
        renewal.begin();
        Parts parts = new Parts(spark, story, watch, renewal);
        return new LiveReport(Optional.of(parts), Snapshots.none()).run(job);
      } finally {
        spark.sc().removeSparkListener(watch);
      }
    }
  }

  private List<Outcome> run(Job job) throws IOException {
    Parts all = parts.orElseThrow();
    try {
      List<Outcome> outcomes = job.run(this);
      all.watch().drain();
      all.story().end(outcomes);
      return all.renewal().end(outcomes);
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      all.story().end(ReportContent.State.FAILED, Failure.sentence(e).orElse(e.toString()));
      all.renewal().endAfter(e);
      throw e;
    }
  }

  /** Whether anybody will read what is told here. */
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
    parts.ifPresent(
        all -> {
          SnapshotAccumulator taken = new SnapshotAccumulator();
          all.spark().sc().register(taken);
          all.watch().follow(taken);
          snapshots = Snapshots.of(taken, chosen, side(chosen.size()));
        });
  }

  /** The more pictures, the smaller: a page stays below a few megabytes. */
  public static int side(int pictures) {
    if (pictures <= 2) {
      return 1024;
    }
    return pictures <= 12 ? 640 : 400;
  }

  /** Takes pictures in tasks. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** How many moments of each of several videos are worth a picture. */
  public static int moments(int videos) {
    return Math.max(1, 12 / Math.max(1, Math.min(videos, ReportContent.MAX_SHOWN)));
  }

  public void plan(FilmPlan film) {
    parts.ifPresent(all -> all.story().add(film));
  }

  /** Follows the progress of a phase until the next. */
  public void follow(TaskProgress progress) {
    parts.ifPresent(all -> all.watch().follow(progress));
  }

  /** Names the tasks of a phase. */
  public void name(String phase, IntFunction<String> task) {
    parts.ifPresent(all -> all.watch().name(phase, task));
  }

  /**
   * Tells the measures of a frame.
   *
   * @param position in the result
   */
  public void frame(String output, int position, FrameMeasures frame) {
    parts.ifPresent(all -> all.story().add(output, position, frame));
  }

  public void times(Times times) {
    parts.ifPresent(all -> all.story().add(times));
  }

  public void ended(Outcome outcome) {
    parts.ifPresent(all -> all.story().add(outcome));
  }

  /** Tells where the beginning of a video can be watched; empty once the whole can. */
  public void partial(Optional<Location> file) {
    parts.ifPresent(all -> all.story().partial(file.map(Location::text)));
  }

  public void film(String output, Film film) {
    parts.ifPresent(all -> all.story().add(output, film));
  }

  /**
   * Shows numbers large, in their order.
   *
   * @param toDo number of results that this run will make
   */
  public void counts(Map<String, Long> numbers, long toDo) {
    parts.ifPresent(all -> all.story().counts(numbers, toDo));
  }

  /**
   * Tells that an input is not dreamed yet.
   *
   * @param state in a word or two
   * @param reason may be empty
   */
  public void waiting(String input, String state, String reason) {
    parts.ifPresent(all -> all.story().add(new ReportContent.Waiting(input, state, reason)));
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

  /** Does work for the page alone; if it fails, the page lacks something and the run goes on. */
  public void add(Runnable work) {
    try {
      work.run();
    } catch (Exception e) {
      // Spark's checked exceptions are not declared.
      LOG.debug("part of the report is missing: {}", e.toString());
    }
  }

  public void add(Snapshot snapshot) {
    parts.ifPresent(all -> all.story().add(snapshot));
  }

  /** The chosen moments of a result that no task has taken, because an earlier run dreamed them. */
  public List<Long> missing(String output) {
    if (parts.isEmpty()) {
      return List.of();
    }
    Parts all = parts.get();
    all.watch().drain();
    return snapshots.chosen().stream()
        .filter(moment -> moment.output().equals(output) && !all.story().has(moment))
        .map(Moment::pts)
        .sorted()
        .toList();
  }
}
