package io.reverie.jobs;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.spec.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Dreams still images: plan, dream each, report. */
public record ImagesJob(JavaSparkContext spark, Recipe recipe, RunOptions options) {

  /**
   * Runs the job.
   *
   * @param inputs files, globs and folders
   * @param output a file for one file, else a folder; paths below input folders are kept
   * @return one outcome for each image found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    // Refuses an unknown layer before any work.
    new Dreamer(LoadedNetworks.of(recipe, "cpu"), recipe.spec().dream());
    List<ImageItem> all = ImageListing.of(inputs, output);
    List<Outcome> outcomes = new ArrayList<>(all.stream().map(this::planned).toList());
    List<ImageItem> missing =
        all.stream().filter(item -> !isKept(item)).collect(java.util.stream.Collectors.toList());
    if (options.dryRun() || missing.isEmpty()) {
      return outcomes;
    }
    Iterator<Outcome> dreamed = dream(missing).iterator();
    outcomes.replaceAll(o -> o.status() == Outcome.Status.PLANNED ? dreamed.next() : o);
    return outcomes;
  }

  private boolean isKept(ImageItem item) {
    return !options.overwrite() && Files.exists(Path.of(item.output()));
  }

  private Outcome planned(ImageItem item) {
    return isKept(item)
        ? Outcome.kept(item.input(), item.output())
        : new Outcome(item.input(), item.output(), Outcome.Status.PLANNED, 1, 0, 0, "", List.of());
  }

  private List<Outcome> dream(List<ImageItem> items) {
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Dreaming", items.size(), "images", options.quiet())) {
      ImageDreamer dreamer = new ImageDreamer(recipe, progress.counter());
      return spark.parallelize(items, items.size()).map(dreamer::dream).collect();
    }
  }
}
