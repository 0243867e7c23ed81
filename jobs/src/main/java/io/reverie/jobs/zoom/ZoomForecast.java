package io.reverie.jobs.zoom;

import io.reverie.core.Size;
import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.forecast.VideoModel;
import io.reverie.jobs.images.StillSource;
import io.reverie.jobs.run.ProgramStart;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.TrialResult;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ZoomSpec;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Forecasts a run of zooms from trials of the first image. All zooms have the same length, so it
 * serves for the others too.
 */
record ZoomForecast(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

  void tell(List<WorkItem> images, RunListener listener) throws IOException {
    long begun = System.nanoTime();
    double start = ProgramStart.seconds();
    WorkItem first = images.get(0);
    List<FrameCost> good = TrialResult.costs(trials(first, images.size()), first.input(), listener);
    if (good.isEmpty()) {
      return;
    }
    JobModel one = model(first, FrameCost.mean(good), start);
    listener.forecast(one.times(images.size()), (System.nanoTime() - begun) / 1e9);
  }

  /** As many trials as tasks will run at once, since tasks slow each other down. */
  private List<TrialResult<FrameCost>> trials(WorkItem image, int images) {
    ZoomTrial trial = new ZoomTrial(resolved, options);
    int tasks = Math.min(spark.defaultParallelism(), images);
    return TaskGpu.of(options)
        .on(spark, spark.parallelize(Collections.nCopies(tasks, image), tasks).map(trial::run))
        .collect();
  }

  private JobModel model(WorkItem image, FrameCost cost, double start) throws IOException {
    ZoomSpec zoom = resolved.spec().zoom();
    Size size = StillSource.of(image, resolved.spec()).image().size();
    double pixels = (double) size.width() * size.height();
    return new VideoModel(
            zoom.frames(),
            List.of(zoom.dreamed()),
            List.of(),
            resolved.spec().video().chunk(),
            pixels)
        .job(cost, start, StillSource.need(image, resolved.spec()), !image.output().isLocal());
  }
}
