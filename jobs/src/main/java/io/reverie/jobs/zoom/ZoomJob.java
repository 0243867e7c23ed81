package io.reverie.jobs.zoom;

import io.reverie.core.Size;
import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.forecast.Pace;
import io.reverie.jobs.forecast.VideoModel;
import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.ProgramStart;
import io.reverie.jobs.run.RunListener;
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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Makes zoom videos from images, each in its own task. */
public record ZoomJob(
    JavaSparkContext spark, ResolvedSpec resolved, RunOptions options, RunListener run) {

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
          "%s cannot follow sound, since an image has none; use keyframes or a constant instead"
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
    public Optional<String> difference(WorkItem image) throws IOException {
      return SettingsDifference.of(image.output(), job.resolved);
    }

    @Override
    public void forecast(List<WorkItem> images) throws IOException {
      job.forecast(images);
    }

    @Override
    public List<Outcome> execute(List<WorkItem> images) {
      return job.execute(images, report);
    }
  }

  /** All zooms have the same length; the first image stands for the others. */
  private void forecast(List<WorkItem> images) throws IOException {
    long begun = System.nanoTime();
    double start = ProgramStart.seconds();
    WorkItem first = images.get(0);
    ZoomTrial trial = new ZoomTrial(resolved, options);
    int tasks = Math.min(spark.defaultParallelism(), images.size());
    List<WorkItem> same = new ArrayList<>(Collections.nCopies(tasks, first));
    List<ZoomTrial.Result> results = spark.parallelize(same, tasks).map(trial::run).collect();
    List<FrameCost> good = results.stream().flatMap(result -> result.cost().stream()).toList();
    if (good.isEmpty()) {
      run.notice("no forecast from " + first.input() + ": " + results.get(0).failure());
      return;
    }
    ZoomSpec zoom = resolved.spec().zoom();
    Size size = StillSource.of(first, resolved.spec()).image().size();
    VideoModel model =
        new VideoModel(
            zoom.frames(),
            List.of(zoom.frames() + zoom.loop()),
            List.of(),
            resolved.spec().video().chunk(),
            (double) size.width() * size.height());
    JobModel one =
        model.job(
            FrameCost.mean(good),
            start,
            StillSource.need(first, resolved.spec()),
            !first.output().isLocal());
    run.forecast(one.times(images.size()), (System.nanoTime() - begun) / 1e9);
  }

  private List<Outcome> execute(List<WorkItem> images, LiveReport report) {
    ZoomSpec zoom = resolved.spec().zoom();
    Pace pace =
        new Pace(
            Collections.nCopies(images.size(), zoom.frames() + zoom.loop()),
            spark.defaultParallelism());
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Zooming", "frames", options.quiet(), pace)) {
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
        images.stream().limit(LiveReport.MAX_PICTURES).map(image -> image.output().text()).toList();
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
