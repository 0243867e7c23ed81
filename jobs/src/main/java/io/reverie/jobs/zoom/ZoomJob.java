package io.reverie.jobs.zoom;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
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
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes zoom videos from images, each in its own task. */
public record ZoomJob(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

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
      return new LiveReport.Run(spark, "zoom", resolved, options, Location.of(output))
          .during(
              listing.items(),
              report -> {
                List<Outcome> outcomes =
                    new ArrayList<>(
                        Work.run(
                            new Zooms(this, report),
                            listing.items(),
                            options,
                            ItemListener.none()));
                outcomes.addAll(listing.failures());
                return outcomes;
              });
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /** Refuses settings that would have no effect. */
  private static void requireUsed(PipelineSpec spec) {
    List<String> heard = spec.schedule().audioKeys();
    if (!heard.isEmpty()) {
      throw UserException.usage(
          "images have no sound for %s to follow; set keyframes or a constant instead"
              .formatted(String.join(", ", heard)));
    }
    if (!spec.mask().isNone()) {
      throw UserException.usage("zoom does not support masks; remove mask.file and mask.alpha");
    }
  }

  private record Zooms(ZoomJob job, LiveReport report) implements Work<WorkItem> {

    @Override
    public WorkItem item(WorkItem image) {
      return image;
    }

    @Override
    public boolean exists(WorkItem image) throws IOException {
      return OutputTarget.of(image.output(), job.resolved.spec()).exists();
    }

    @Override
    public List<Outcome> plan(List<WorkItem> missing) {
      return missing.stream().map(job::planned).toList();
    }

    @Override
    public List<Outcome> execute(List<WorkItem> images) {
      return job.execute(images, report);
    }
  }

  private List<Outcome> execute(List<WorkItem> images, LiveReport report) {
    ZoomSpec zoom = resolved.spec().zoom();
    long frames = (long) images.size() * (zoom.frames() + zoom.loop());
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Zooming", frames, "frames", options.quiet())) {
      report.follow(progress);
      choose(images, report);
      ZoomTask task = new ZoomTask(resolved, options, progress.counter(), report.snapshots());
      return Tasks.run(spark, "Zooming", images, task::make, report::ended);
    }
  }

  /** Shows moments at even distances. */
  private void choose(List<WorkItem> images, LiveReport report) {
    int frames = resolved.spec().zoom().frames();
    int moments = Math.min(frames, LiveReport.moments(images.size()));
    List<Long> times =
        LongStream.range(0, moments)
            .map(i -> (2 * i + 1) * frames / (2L * moments))
            .boxed()
            .toList();
    List<String> outputs =
        images.stream()
            .limit(LiveReport.MOST_PICTURES)
            .map(image -> image.output().text())
            .toList();
    report.choose(outputs, outputs.stream().map(output -> times).toList());
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
            : "%s, the end faded into the beginning over %d frames".formatted(length, zoom.loop()),
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
