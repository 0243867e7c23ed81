package io.reverie.jobs.zoom;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.ZoomSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.SkippedKinds;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FramePattern;
import io.reverie.video.encode.OutputFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Dives into pictures, each a task of its own: plan, dream, report. */
public record ZoomJob(JavaSparkContext spark, ResolvedSpec recipe, RunOptions options) {

  /**
   * Runs the job.
   *
   * @param inputs pictures, globs and folders of them, or {@code noise:}
   * @param output a video or numbered frames for one picture, else a folder
   * @return one outcome for each picture found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    // Refuses an unknown layer before any work.
    Dreamers.of(recipe, "cpu");
    requireUsed(recipe.spec());
    try {
      ImageListing listing = listing(inputs, Location.of(output));
      List<Outcome> outcomes = new ArrayList<>(run(listing.wishes()));
      outcomes.addAll(listing.failures());
      return outcomes;
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /** Refuses what would do nothing. */
  private static void requireUsed(PipelineSpec spec) {
    List<String> heard = spec.schedule().audioKeys();
    if (!heard.isEmpty()) {
      throw UserException.usage(
          "pictures have no sound for %s to follow; give keyframes or one value"
              .formatted(String.join(", ", heard)));
    }
    if (!spec.mask().isNone()) {
      throw UserException.usage(
          "a dive dreams everywhere and takes no mask; leave mask.file and mask.alpha out");
    }
  }

  private List<Outcome> run(List<WorkItem> wishes) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    List<WorkItem> missing = new ArrayList<>();
    for (WorkItem wish : wishes) {
      OutputTarget target = OutputTarget.of(wish.output(), recipe.spec());
      boolean kept = !options.overwrite() && target.exists();
      outcomes.add(kept ? Outcome.kept(wish.input(), wish.output().text()) : planned(wish));
      if (!kept) {
        missing.add(wish);
      }
    }
    if (options.dryRun() || missing.isEmpty()) {
      return outcomes;
    }
    return Outcome.merged(outcomes, make(missing));
  }

  private List<Outcome> make(List<WorkItem> wishes) {
    ZoomSpec zoom = recipe.spec().zoom();
    long frames = (long) wishes.size() * (zoom.frames() + zoom.loop());
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Diving", frames, "frames", options.quiet())) {
      ZoomTask maker = new ZoomTask(recipe, options, progress.counter());
      return spark.parallelize(wishes, wishes.size()).map(maker::make).collect();
    }
  }

  private Outcome planned(WorkItem wish) {
    ZoomSpec zoom = recipe.spec().zoom();
    String length = "%.1f s".formatted(zoom.frames() / zoom.rate().toDouble());
    return new Outcome(
        wish.input(),
        wish.output().text(),
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
    boolean file = OutputFormat.supports(output.name()) || FramePattern.isPattern(output.name());
    boolean folder = Storage.namesFolder(output);
    if (inputs.size() == 1 && ImageListing.isPicture(inputs.get(0)) && !folder) {
      WorkItem wish = new WorkItem(inputs.get(0), output);
      return new ImageListing(List.of(wish), List.of(), new SkippedKinds());
    }
    ImageListing pictures = ImageListing.into(output, inputs);
    if (file && !folder) {
      throw UserException.usage(
          "%s is one file, and each of several pictures has a dive of its own; name a folder"
              .formatted(output));
    }
    List<WorkItem> dives = WorkItem.apart(pictures.wishes().stream().map(ZoomJob::dive).toList());
    return new ImageListing(dives, pictures.failures(), pictures.others());
  }

  private static WorkItem dive(WorkItem picture) {
    String name = picture.output().name();
    int dot = name.lastIndexOf('.');
    String stem = name.substring(0, dot < 0 ? name.length() : dot);
    return picture.to(picture.output().sibling(stem + ".mp4"));
  }
}
