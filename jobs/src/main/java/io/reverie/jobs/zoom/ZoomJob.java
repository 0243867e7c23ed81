package io.reverie.jobs.zoom;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.ReportedRun;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes zoom videos from images, each in its own task. */
public record ZoomJob(
    JavaSparkContext spark, ResolvedSpec resolved, RunOptions options, RunListener run) {

  /**
   * Makes a zoom of each picture that the inputs match.
   *
   * @param inputs images, globs and folders of them, or {@code noise:}
   * @param output a video or numbered frames for one image, else a folder
   * @return one outcome for each image found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    Dreamers.requireLayers(resolved);
    requireUsed(resolved.spec());
    try {
      ImageListing listing = ZoomInputs.of(inputs, Location.of(output));
      return new ReportedRun(spark, "zoom", resolved, options, Location.of(output))
          .during(listing.items(), report -> zoom(listing, report));
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private List<Outcome> zoom(ImageListing listing, LiveReport report) throws IOException {
    ZoomBatch batch = new ZoomBatch(spark, resolved, options, run, report);
    List<Outcome> outcomes =
        new ArrayList<>(Work.run(batch, listing.items(), options, ItemListener.none()));
    outcomes.addAll(listing.failures());
    return outcomes;
  }

  /** Refuses settings that would have no effect. */
  private static void requireUsed(PipelineSpec spec) {
    List<String> heard = spec.schedule().audioKeys();
    if (!heard.isEmpty()) {
      throw UserException.usage(
          "%s cannot follow sound, since an image has none; use keyframes or a constant instead"
              .formatted(String.join(", ", heard)));
    }
    if (!spec.mask().isNone()) {
      throw UserException.usage("zoom does not support masks; remove mask.file and mask.alpha");
    }
  }
}
