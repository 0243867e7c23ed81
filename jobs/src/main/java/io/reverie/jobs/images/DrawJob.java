package io.reverie.jobs.images;

import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.provenance.OtherSettings;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Draws images from noise, each with its own settings. */
public record DrawJob(JavaSparkContext spark, RunOptions options, RunListener run)
    implements Work<DrawJob.Drawing> {

  public record Drawing(ResolvedSpec resolved, Location output) implements Serializable {

    Outcome draw(RunOptions options, FrameCounter progress) {
      return new ImageDreamer(resolved, options, progress, ItemListener.none()).dream(item());
    }

    WorkItem item() {
      return new WorkItem(SourceInfo.NOISE, output);
    }
  }

  /**
   * Runs the job.
   *
   * @return one outcome for each drawing, in order
   * @throws io.reverie.core.DreamException before any work, for a class or layer that the network
   *     does not have
   */
  public List<Outcome> run(List<Drawing> drawings) {
    drawings.forEach(drawing -> Dreamers.of(drawing.resolved(), "cpu"));
    try {
      return Work.run(this, drawings, options, ItemListener.none());
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  @Override
  public WorkItem item(Drawing drawing) {
    return drawing.item();
  }

  @Override
  public boolean exists(Drawing drawing) throws IOException {
    return Storage.of(drawing.output()).find(drawing.output()).isPresent();
  }

  @Override
  public Optional<String> difference(Drawing drawing) throws IOException {
    return OtherSettings.of(drawing.output(), drawing.resolved());
  }

  @Override
  public List<Outcome> plan(List<Drawing> missing) {
    return missing.stream()
        .map(drawing -> Outcome.planned(SourceInfo.NOISE, drawing.output().text()))
        .toList();
  }

  /** All drawings have the same size and settings, except for their class. */
  @Override
  public void forecast(List<Drawing> planned) {
    new ImagesForecast(spark, planned.get(0).resolved(), options.device())
        .tell(planned.stream().map(Drawing::item).toList(), run);
  }

  @Override
  public List<Outcome> execute(List<Drawing> drawings) {
    try (TaskProgress progress =
        TaskProgress.start(
            spark.sc(),
            "Drawing",
            "images",
            options.quiet(),
            ImagesJob.pace(spark, drawings.size()))) {
      RunOptions chosen = options;
      FrameCounter counter = progress.counter();
      return spark
          .parallelize(drawings, drawings.size())
          .map(drawing -> drawing.draw(chosen, counter))
          .collect();
    }
  }
}
