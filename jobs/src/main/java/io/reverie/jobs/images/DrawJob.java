package io.reverie.jobs.images;

import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.ReportedRun;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
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
public record DrawJob(JavaSparkContext spark, RunOptions options, RunListener run) {

  /** One picture to draw: its settings, class included, and its file. */
  public record Drawing(ResolvedSpec resolved, Location output) implements Serializable {

    SpecifiedItem specified() {
      return new SpecifiedItem(item(), resolved);
    }

    WorkItem item() {
      return new WorkItem(SourceInfo.NOISE, output);
    }
  }

  /**
   * Draws classes from noise.
   *
   * @return one outcome for each drawing, in order
   * @throws io.reverie.core.DreamException before any work, for a class or layer that the network
   *     does not have
   */
  public List<Outcome> run(List<Drawing> drawings) {
    drawings.forEach(drawing -> Dreamers.requireLayers(drawing.resolved()));
    List<WorkItem> items = drawings.stream().map(Drawing::item).toList();
    Location first = drawings.get(0).output();
    Location output = drawings.size() == 1 ? first : first.parent();
    try {
      return new ReportedRun(spark, "draw", drawings.get(0).resolved(), options, output)
          .during(
              items,
              report -> {
                report.chooseStills(items);
                return Work.run(new Drawings(this, report), drawings, options, ItemListener.none());
              });
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private record Drawings(DrawJob job, LiveReport report) implements Work<Drawing> {

    @Override
    public WorkItem item(Drawing drawing) {
      return drawing.item();
    }

    @Override
    public String id(Drawing drawing) {
      return drawing.resolved().id();
    }

    @Override
    public boolean exists(Drawing drawing) throws IOException {
      return Storage.of(drawing.output()).find(drawing.output()).isPresent();
    }

    @Override
    public Optional<String> difference(Drawing drawing) throws IOException {
      return SettingsDifference.of(drawing.output(), drawing.resolved());
    }

    @Override
    public List<Outcome> plan(List<Drawing> missing) {
      return missing.stream().map(drawing -> Outcome.planned(drawing.item(), 1, "")).toList();
    }

    /** All drawings have the same size and settings, except for their class. */
    @Override
    public void forecast(List<Drawing> planned) {
      new ImagesForecast(job.spark(), planned.get(0).resolved(), job.options())
          .tell(planned.stream().map(Drawing::item).toList(), job.run());
    }

    @Override
    public List<Outcome> execute(List<Drawing> drawings) {
      return new StillTasks(
              job.spark(), "Drawing", job.options(), ItemListener.none(), report, job.run())
          .dream(drawings.stream().map(Drawing::specified).toList());
    }
  }
}
