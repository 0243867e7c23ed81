package io.reverie.jobs.images;

import io.reverie.jobs.kept.KeptDreams;
import io.reverie.jobs.kept.KeptStills;
import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.GroupedTasks;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Locality;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark tasks that dream stills, a few small ones in each. A still carries all that its task
 * needs to know of it, so tasks do not grow with the number of stills.
 *
 * @param title of the tasks
 * @param listener is told of each still in its task
 */
record StillTasks(
    JavaSparkContext spark,
    String title,
    RunOptions options,
    ItemListener listener,
    LiveReport report,
    RunListener run) {

  /** A still to dream. */
  private record Still(SpecifiedItem image, ItemListener listener, KeptDreams kept)
      implements Serializable, Locality.Located {
    @Override
    public Optional<Location> place() {
      return image.place();
    }
  }

  /** What all stills have in common. */
  private record Common(
      RunOptions options, FrameCounter counter, Snapshots snapshots, KeptStills kept)
      implements Serializable {

    ImageDreamer dreamer(Still still) {
      return new ImageDreamer(
          still.image().resolved(),
          options,
          counter,
          still.listener(),
          snapshots,
          kept.with(still.kept()));
    }

    Outcome dream(Still still) {
      return dreamer(still).dream(still.image().item());
    }

    Optional<Outcome> finished(Still still) {
      return dreamer(still).finished(still.image().item());
    }
  }

  private JobName name(List<SpecifiedItem> images) {
    // What is drawn has no input.
    List<String> names =
        images.stream()
            .map(SpecifiedItem::item)
            .map(item -> item.isNoise() ? item.output().text() : item.input())
            .toList();
    return JobName.of(title, title.toLowerCase(Locale.ROOT), names, "image");
  }

  /**
   * Dreams stills.
   *
   * @return one outcome for each, in order
   */
  List<Outcome> dream(List<SpecifiedItem> images) {
    KeptStills kept =
        KeptStills.of(spark.sc(), options, images.stream().map(SpecifiedItem::item).toList());
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), title, images.size(), "images", options.quiet())) {
      report.follow(progress);
      Common common = new Common(options, progress.counter(), report.snapshots(), kept.common());
      List<Still> stills =
          images.stream()
              .map(each -> new Still(each, listener.only(each.item()), kept.only(each.item())))
              .toList();
      List<Outcome> outcomes =
          GroupedTasks.run(
              spark,
              name(images),
              TaskGpu.of(options),
              stills,
              new GroupedTasks.Kind<>(common::dream, common::finished),
              report::ended);
      kept.tell(run);
      return outcomes;
    }
  }
}
