package io.reverie.jobs.zoom;

import io.reverie.core.text.Count;
import io.reverie.jobs.forecast.Pace;
import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ZoomSpec;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;

/** The zooms of one run, one task each. */
record ZoomBatch(
    JavaSparkContext spark,
    ResolvedSpec resolved,
    RunOptions options,
    RunListener run,
    LiveReport report)
    implements Work<WorkItem> {

  @Override
  public WorkItem item(WorkItem image) {
    return image;
  }

  @Override
  public boolean exists(WorkItem image) throws IOException {
    return OutputTarget.of(image.output(), resolved.spec()).exists();
  }

  @Override
  public Optional<String> difference(WorkItem image) throws IOException {
    return SettingsDifference.of(image.output(), resolved);
  }

  @Override
  public List<Outcome> plan(List<WorkItem> missing) {
    ZoomSpec zoom = resolved.spec().zoom();
    String length = "%.1f s".formatted(zoom.frames() / zoom.rate().toDouble());
    String message =
        zoom.loop() == 0
            ? length
            : "%s, the end faded into the beginning over %s"
                .formatted(length, Count.of(zoom.loop(), "frame"));
    return missing.stream().map(image -> Outcome.planned(image, zoom.frames(), message)).toList();
  }

  @Override
  public void forecast(List<WorkItem> images) throws IOException {
    new ZoomForecast(spark, resolved, options).tell(images, run);
  }

  @Override
  public List<Outcome> execute(List<WorkItem> images) {
    List<Integer> frames = Collections.nCopies(images.size(), resolved.spec().zoom().dreamed());
    Pace pace = new Pace(frames, spark.defaultParallelism());
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Zooming", "frames", options.quiet(), pace)) {
      report.follow(progress);
      choose(images);
      ZoomTask task = new ZoomTask(resolved, options, progress.counter(), report.snapshots());
      JobName name =
          JobName.of("Zooming", "zooming", images.stream().map(WorkItem::input).toList(), "image");
      return Tasks.run(spark, name, TaskGpu.of(options), images, task::make, report::ended);
    }
  }

  /** Shows moments at even distances. */
  private void choose(List<WorkItem> images) {
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
}
