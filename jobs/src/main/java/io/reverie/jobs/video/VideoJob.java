package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.ReportedRun;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.input.VideoInputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Dreams videos: plans, dreams the segments, fades the seams, assembles. */
public record VideoJob(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

  /**
   * Dreams all videos that the inputs match.
   *
   * @param inputs files, globs, or patterns of numbered frames
   * @param output a file for one input, a folder for several
   * @return one outcome for each video found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    return run(inputs, output, RunListener.none());
  }

  /**
   * Dreams all videos that the inputs match.
   *
   * @param run receives messages that concern all inputs together, and the forecast of a dry run
   */
  public List<Outcome> run(List<String> inputs, String output, RunListener run) {
    try {
      VideoInputs found = VideoInputs.of(inputs, Location.of(output));
      found.skipped().sentence().ifPresent(run::notice);
      if (options.partial()) {
        PartialVideo.requireFilms(SpecifiedItem.of(found.items(), resolved));
      }
      return new ReportedRun(spark, "video", resolved, options, Location.of(output))
          .during(
              found.items(),
              report -> {
                List<Outcome> outcomes =
                    new ArrayList<>(
                        dream(
                            SpecifiedItem.of(found.items(), resolved),
                            ItemListener.none(),
                            run,
                            report));
                outcomes.addAll(found.failures());
                return outcomes;
              });
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Dreams the videos of a list, each with its own settings.
   *
   * @param run receives the forecast of a dry run
   * @return one outcome for each, in order
   */
  public static List<Outcome> run(
      JavaSparkContext spark, RunOptions options, ItemList list, RunListener run) {
    try {
      VideoJob job = new VideoJob(spark, list.items().get(0).resolved(), options);
      if (options.partial()) {
        PartialVideo.requireFilms(list.items());
      }
      return ReportedRun.of(spark, "video", options, list)
          .during(
              list.workItems(),
              report -> job.dream(list.items(), ItemListener.none(), run, report));
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Dreams several videos.
   *
   * @return one outcome for each item, in order
   */
  public List<Outcome> dream(List<WorkItem> items, ItemListener listener) throws IOException {
    return dream(SpecifiedItem.of(items, resolved), listener, RunListener.none(), LiveReport.none())
        .stream()
        // All have the same settings.
        .map(outcome -> outcome.withId(""))
        .toList();
  }

  private List<Outcome> dream(
      List<SpecifiedItem> items, ItemListener listener, RunListener run, LiveReport report)
      throws IOException {
    Dreamers.requireLayers(resolved);
    return Work.run(
        new VideoBatch(spark, options, listener, run, report), items, options, listener);
  }

  /** Measures what several videos would take, without dreaming them. */
  public void forecast(List<WorkItem> items, RunListener run) {
    VideoPlan plan = VideoPlan.of(spark, options, SpecifiedItem.of(items, resolved));
    new VideoForecast(spark, options).tell(plan.videos(), run);
  }

  /**
   * Refuses an output that cannot be written with these settings.
   *
   * @throws UserException that names the reason
   */
  public void requireWritable(Location output) {
    OutputTarget.of(output, resolved.spec());
  }
}
