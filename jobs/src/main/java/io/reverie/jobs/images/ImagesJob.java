package io.reverie.jobs.images;

import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.operation.Backlog;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.ReportedRun;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Dreams still images: plans, dreams each, reports. */
public record ImagesJob(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

  /**
   * Dreams all images that the inputs match.
   *
   * @param inputs files, globs and folders
   * @param output a file for one file, else a folder; paths below input folders are preserved
   * @return one outcome for each image found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    return run(inputs, output, RunListener.none());
  }

  /**
   * Dreams all images that the inputs match.
   *
   * @param run receives messages that concern all inputs together, and the forecast of a dry run
   */
  public List<Outcome> run(List<String> inputs, String output, RunListener run) {
    Dreamers.requireLayers(resolved);
    try {
      ImageListing listing = ImageListing.of(inputs, output);
      listing.skipped().sentence().ifPresent(run::notice);
      return new ReportedRun(spark, "images", resolved, options, Location.of(output))
          .during(
              listing.items(),
              report -> {
                List<Outcome> outcomes =
                    new ArrayList<>(
                        StillsWork.run(
                            spark,
                            options,
                            SpecifiedItem.of(listing.items(), resolved),
                            Optional.of(Location.of(output)),
                            run,
                            report));
                outcomes.addAll(listing.failures());
                return outcomes;
              });
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Dreams the images of a list, each with its own settings.
   *
   * @param run receives the forecast of a dry run
   * @return one outcome for each, in order
   */
  public static List<Outcome> run(
      JavaSparkContext spark, RunOptions options, ItemList list, RunListener run) {
    try {
      return ReportedRun.of(spark, "images", options, list)
          .during(
              list.workItems(),
              report -> StillsWork.run(spark, options, list.items(), list.folder(), run, report));
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /** Forecasts the time and memory for the images. */
  public void forecast(List<WorkItem> items, RunListener run) {
    new ImagesForecast(spark, resolved, options).tell(items, run);
  }

  /**
   * Dreams several images.
   *
   * @return one outcome for each item, in order
   */
  public List<Outcome> dream(List<WorkItem> items, ItemListener listener) {
    try (Backlog.Items open = Backlog.ofThisProcess().add(items.size())) {
      return StillsWork.dream(
          spark,
          options,
          SpecifiedItem.of(items, resolved),
          listener,
          LiveReport.none(),
          RunListener.none());
    }
  }
}
