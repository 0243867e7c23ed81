package io.reverie.jobs.report;

import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A run that may leave a page.
 *
 * @param command such as video
 * @param output as the user named it
 * @param list that names the items and their settings, if there is one
 */
public record ReportedRun(
    JavaSparkContext spark,
    String command,
    ResolvedSpec resolved,
    RunOptions options,
    Location output,
    Optional<String> list) {

  /** A run whose items all have the same settings. */
  public ReportedRun(
      JavaSparkContext spark,
      String command,
      ResolvedSpec resolved,
      RunOptions options,
      Location output) {
    this(spark, command, resolved, options, output, Optional.empty());
  }

  /** A run of a list. */
  public static ReportedRun of(
      JavaSparkContext spark, String command, RunOptions options, ItemList list) {
    return new ReportedRun(
        spark,
        command,
        list.items().get(0).resolved(),
        options,
        list.output(),
        Optional.of(list.name()));
  }

  /**
   * Runs a job and, if the user wants one, writes its page: at once, every few seconds, and when it
   * has ended, in whatever way.
   *
   * @param items what it works on
   */
  public List<Outcome> during(List<WorkItem> items, LiveReport.Job job) throws IOException {
    if (!options.report().wanted() || options.dryRun() || items.isEmpty()) {
      return job.run(LiveReport.none());
    }
    ReportContent content = new ReportContent();
    content.plan(items);
    return during(ReportFile.of(options.report(), output, items), content, job);
  }

  /** Runs a job over a prefix, whose page is among its results. */
  public List<Outcome> duringPrefix(LiveReport.Job job) throws IOException {
    return options.report().wanted() && !options.dryRun()
        ? during(ReportFile.of(options.report(), output, List.of()), new ReportContent(), job)
        : job.run(LiveReport.none());
  }

  private List<Outcome> during(ReportFile file, ReportContent content, LiveReport.Job job)
      throws IOException {
    file.requireOurs();
    TaskWatch watch = new TaskWatch(content);
    spark.sc().addSparkListener(watch);
    try (PeriodicWriter renewal =
        new PeriodicWriter(file, new RunPage(this, file.location()), content, watch)) {
      renewal.begin();
      return LiveReport.during(spark, content, watch, renewal, job);
    } finally {
      spark.sc().removeSparkListener(watch);
    }
  }
}
