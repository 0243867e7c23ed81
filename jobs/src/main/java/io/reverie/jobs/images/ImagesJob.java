package io.reverie.jobs.images;

import io.reverie.jobs.forecast.Pace;
import io.reverie.jobs.kept.KeptStills;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.provenance.OtherSettings;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** Dreams still images: plans, dreams each, reports. */
public record ImagesJob(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

  /** Tasks in one stage; more would only cost the driver memory. */
  private static final int TASKS = 10_000;

  /**
   * Runs the job.
   *
   * @param inputs files, globs and folders
   * @param output a file for one file, else a folder; paths below input folders are preserved
   * @return one outcome for each image found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    return run(inputs, output, RunListener.none());
  }

  /**
   * Runs the job.
   *
   * @param run receives messages that concern all inputs together, and the forecast of a dry run
   */
  public List<Outcome> run(List<String> inputs, String output, RunListener run) {
    // Refuses an unknown layer before any work.
    Dreamers.of(resolved, "cpu");
    try {
      ImageListing listing = ImageListing.of(inputs, output);
      listing.skipped().sentence().ifPresent(run::notice);
      return new LiveReport.Run(spark, "images", resolved, options, Location.of(output))
          .during(
              listing.items(),
              report -> {
                List<Outcome> outcomes =
                    new ArrayList<>(run(listing.items(), Location.of(output), run, report));
                outcomes.addAll(listing.failures());
                return outcomes;
              });
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private List<Outcome> run(List<WorkItem> all, Location output, RunListener run, LiveReport report)
      throws IOException {
    report.chooseStills(all);
    Set<String> existing = options.overwrite() || all.isEmpty() ? Set.of() : existing(all, output);
    List<Outcome> outcomes =
        Work.run(new Images(this, existing, run, report), all, options, ItemListener.none());
    report.showKept(all, outcomes);
    return outcomes;
  }

  private record Images(ImagesJob job, Set<String> existing, RunListener run, LiveReport report)
      implements Work<WorkItem> {

    @Override
    public WorkItem item(WorkItem image) {
      return image;
    }

    @Override
    public boolean exists(WorkItem image) {
      return existing.contains(image.output().absolute());
    }

    @Override
    public Optional<String> difference(WorkItem image) throws IOException {
      return OtherSettings.of(image.output(), job.resolved);
    }

    @Override
    public List<Outcome> plan(List<WorkItem> missing) {
      return missing.stream().map(i -> Outcome.planned(i.input(), i.output().text())).toList();
    }

    @Override
    public void forecast(List<WorkItem> planned) {
      job.forecast(planned, run);
    }

    @Override
    public List<Outcome> execute(List<WorkItem> planned) {
      return job.dream(planned, ItemListener.none(), report, run);
    }
  }

  static Pace pace(JavaSparkContext spark, int images) {
    return Pace.ofSingleFrames(images, spark.defaultParallelism());
  }

  /** Measures what the images would take. */
  public void forecast(List<WorkItem> items, RunListener run) {
    new ImagesForecast(spark, resolved, options).tell(items, run);
  }

  /** Lists the folder once instead of sending a request for each of many images. */
  private static Set<String> existing(List<WorkItem> all, Location output) throws IOException {
    Location only = all.get(0).output();
    if (all.size() == 1) {
      return Storage.of(only).find(only).isPresent() ? Set.of(only.absolute()) : Set.of();
    }
    try (Stream<FileEntry> files = Storage.of(output).list(output)) {
      return files.map(file -> file.location().absolute()).collect(Collectors.toSet());
    }
  }

  /**
   * Dreams several images.
   *
   * @return one outcome for each item, in order
   */
  public List<Outcome> dream(List<WorkItem> items, ItemListener listener) {
    return dream(items, listener, LiveReport.none(), RunListener.none());
  }

  private List<Outcome> dream(
      List<WorkItem> items, ItemListener listener, LiveReport report, RunListener run) {
    KeptStills kept = KeptStills.of(spark.sc(), options, items);
    try (TaskProgress progress =
        TaskProgress.start(
            spark.sc(), "Dreaming", "images", options.quiet(), pace(spark, items.size()))) {
      ImageDreamer dreamer =
          new ImageDreamer(
              resolved, options, progress.counter(), listener, report.snapshots(), kept);
      report.follow(progress);
      List<Outcome> outcomes = new ArrayList<>();
      for (int from = 0; from < items.size(); from += TASKS) {
        int to = Math.min(items.size(), from + TASKS);
        List<WorkItem> some = new ArrayList<>(items.subList(from, to));
        outcomes.addAll(Tasks.run(spark, "Dreaming", some, dreamer::dream, report::ended));
      }
      kept.tell(run);
      return outcomes;
    }
  }
}
