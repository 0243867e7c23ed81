package io.reverie.jobs.video;

import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.kept.KeptSize;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.StorageErrorMessages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** The videos of one run; {@code execute} dreams what {@code plan} planned. */
final class VideoBatch implements Work<SpecifiedItem> {

  private final JavaSparkContext spark;
  private final RunOptions options;
  private final ItemListener listener;
  private final RunListener run;
  private final LiveReport report;
  private VideoPlan plan = VideoPlan.NOTHING;

  VideoBatch(
      JavaSparkContext spark,
      RunOptions options,
      ItemListener listener,
      RunListener run,
      LiveReport report) {
    this.spark = spark;
    this.options = options;
    this.listener = listener;
    this.run = run;
    this.report = report;
  }

  @Override
  public WorkItem item(SpecifiedItem video) {
    return video.item();
  }

  @Override
  public String id(SpecifiedItem video) {
    return video.resolved().id();
  }

  /** Leaves refused outputs to the plan, which gives the reason. */
  @Override
  public boolean exists(SpecifiedItem video) throws IOException {
    return VideoPlan.refusal(video.item(), options).isEmpty()
        && OutputTarget.of(video.item().output(), video.resolved().spec()).exists();
  }

  @Override
  public Optional<String> difference(SpecifiedItem video) throws IOException {
    return SettingsDifference.of(video.item().output(), video.resolved());
  }

  @Override
  public List<Outcome> plan(List<SpecifiedItem> missing) throws IOException {
    VideoProbe probe = new VideoProbe(spark, options.quiet());
    plan = VideoPlan.of(missing, options, probe, listener);
    plan.notices().forEach(run::notice);
    return plan.outcomes();
  }

  /** The plan was made in the time since the program started, as it will be by the run. */
  @Override
  public void forecast(List<SpecifiedItem> planned) {
    new VideoForecast(spark, options).tell(plan.items(), run);
  }

  @Override
  public List<Outcome> execute(List<SpecifiedItem> planned) throws IOException {
    if (options.partial()) {
      PartialVideo.requireOwn(plan.items(), options);
    }
    VideoReporter reporter = new VideoReporter(plan.items(), report);
    reporter.plan();
    List<Outcome> outcomes =
        new VideoStages(spark, options, plan.items(), reporter).run(listener, report);
    reporter.finish(spark, outcomes);
    try {
      tidyUp(outcomes);
    } catch (IOException e) {
      // The results are published.
      run.notice(StorageErrorMessages.of(e));
    }
    return outcomes;
  }

  private void tidyUp(List<Outcome> outcomes) throws IOException {
    if (options.partial()) {
      PartialVideo.delete(outcomes, report);
    }
    if (options.dreams() == KeptDreamUse.KEEP) {
      List<KeptDream> kept = plan.items().stream().map(VideoItem::kept).toList();
      KeptSize.of(kept).sentence("video").ifPresent(run::notice);
    }
  }
}
