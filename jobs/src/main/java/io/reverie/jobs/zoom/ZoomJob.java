package io.reverie.jobs.zoom;

import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ZoomSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.SkippedKinds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes zoom videos from images, each in its own task. */
public record ZoomJob(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options)
    implements Work<WorkItem> {

  /**
   * Runs the job.
   *
   * @param inputs images, globs and folders of them, or {@code noise:}
   * @param output a video or numbered frames for one image, else a folder
   * @return one outcome for each image found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    // Refuses an unknown layer before any work.
    Dreamers.of(resolved, "cpu");
    requireUsed(resolved.spec());
    try {
      ImageListing listing = listing(inputs, Location.of(output));
      List<Outcome> outcomes =
          new ArrayList<>(Work.run(this, listing.items(), options, ItemListener.none()));
      outcomes.addAll(listing.failures());
      return outcomes;
    } catch (IOException e) {
      throw Failure.environment(e);
    }
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

  @Override
  public WorkItem item(WorkItem image) {
    return image;
  }

  @Override
  public boolean exists(WorkItem image) throws IOException {
    return OutputTarget.of(image.output(), resolved.spec()).exists();
  }

  @Override
  public List<Outcome> plan(List<WorkItem> missing) {
    return missing.stream().map(this::planned).toList();
  }

  @Override
  public List<Outcome> execute(List<WorkItem> images) {
    ZoomSpec zoom = resolved.spec().zoom();
    long frames = (long) images.size() * (zoom.frames() + zoom.loop());
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Zooming", frames, "frames", options.quiet())) {
      ZoomTask task = new ZoomTask(resolved, options, progress.counter());
      return spark.parallelize(images, images.size()).map(task::make).collect();
    }
  }

  private Outcome planned(WorkItem item) {
    ZoomSpec zoom = resolved.spec().zoom();
    String length = "%.1f s".formatted(zoom.frames() / zoom.rate().toDouble());
    return new Outcome(
        item.input(),
        item.output().text(),
        Outcome.Status.PLANNED,
        zoom.frames(),
        0,
        0,
        zoom.loop() == 0
            ? length
            : "%s, the end faded into the beginning over %s"
                .formatted(length, Count.of(zoom.loop(), "frame")),
        List.of());
  }

  private static ImageListing listing(List<String> inputs, Location output) throws IOException {
    boolean one = inputs.size() == 1 && ImageListing.isPicture(inputs.get(0));
    if (one && !OutputTarget.isFolder(output, true)) {
      WorkItem item = new WorkItem(inputs.get(0), output);
      return new ImageListing(List.of(item), List.of(), new SkippedKinds());
    }
    // Before the output is judged, so that a missing input is named rather than a wrong output.
    ImageListing images = ImageListing.into(output, inputs);
    OutputTarget.isFolder(output, one);
    List<WorkItem> zooms = images.items().stream().map(ZoomJob::zoom).toList();
    return new ImageListing(zooms, images.failures(), images.skipped());
  }

  private static WorkItem zoom(WorkItem image) {
    String name = image.output().name();
    int dot = name.lastIndexOf('.');
    String stem = name.substring(0, dot < 0 ? name.length() : dot);
    return image.to(image.output().sibling(stem + ".mp4"));
  }
}
