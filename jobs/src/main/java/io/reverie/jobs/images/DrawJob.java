package io.reverie.jobs.images;

import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** Draws images from noise, each with its own settings. */
public record DrawJob(JavaSparkContext spark, RunOptions options) {

  public record Drawing(ResolvedSpec recipe, Location output) implements Serializable {

    Outcome draw(RunOptions options, LongAccumulator progress) {
      return new ImageDreamer(recipe, options, progress, ItemListener.none()).dream(wish());
    }

    private WorkItem wish() {
      return new WorkItem(SourceInfo.NOISE, output);
    }

    Outcome planned() {
      return Outcome.planned(SourceInfo.NOISE, output.text());
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
    drawings.forEach(drawing -> Dreamers.of(drawing.recipe(), "cpu"));
    WorkItem.apart(drawings.stream().map(Drawing::wish).toList());
    List<Outcome> outcomes = new ArrayList<>();
    List<Drawing> missing = new ArrayList<>();
    for (Drawing drawing : drawings) {
      boolean kept = !options.overwrite() && isThere(drawing.output());
      outcomes.add(
          kept ? Outcome.kept(SourceInfo.NOISE, drawing.output().text()) : drawing.planned());
      if (!kept) {
        missing.add(drawing);
      }
    }
    if (options.dryRun() || missing.isEmpty()) {
      return outcomes;
    }
    return Outcome.merged(outcomes, draw(missing));
  }

  private static boolean isThere(Location output) {
    try {
      return Storage.of(output).find(output).isPresent();
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private List<Outcome> draw(List<Drawing> drawings) {
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Drawing", drawings.size(), "images", options.quiet())) {
      RunOptions chosen = options;
      LongAccumulator drawn = progress.counter();
      return spark
          .parallelize(drawings, drawings.size())
          .map(drawing -> drawing.draw(chosen, drawn))
          .collect();
    }
  }
}
