package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.forecast.Pace;
import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.kept.KeptSize;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.provenance.OtherSettings;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemList;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Dreams videos: plans, dreams the segments, fades the seams, assembles. */
public record VideoJob(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

  /**
   * Runs the job.
   *
   * @param inputs files, globs, or patterns of numbered frames
   * @param output a file for one input, a folder for several
   * @return one outcome for each video found
   */
  public List<Outcome> run(List<String> inputs, String output) {
    return run(inputs, output, RunListener.none());
  }

  /**
   * Runs the job.
   *
   * @param run receives messages that concern all inputs together, and the forecast of a dry run
   */
  public List<Outcome> run(List<String> inputs, String output, RunListener run) {
    try {
      VideoInputs found = VideoInputs.of(inputs, Location.of(output));
      found.skipped().sentence().ifPresent(run::notice);
      if (options.partial()) {
        PartialVideo.requireFilms(SpecifiedItem.of(found.items(), resolved));
      }
      return new LiveReport.Run(spark, "video", resolved, options, Location.of(output))
          .during(
              found.items(),
              report -> {
                List<Outcome> outcomes =
                    new ArrayList<>(
                        dream(
                            SpecifiedItem.of(found.items(), resolved),
                            ItemListener.none(),
                            run,
                            report));
                outcomes.addAll(found.failures());
                return outcomes;
              });
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Dreams the videos of a list, each with its own settings.
   *
   * @param run receives the forecast of a dry run
   * @return one outcome for each, in order
   */
  public static List<Outcome> run(
      JavaSparkContext spark, RunOptions options, ItemList list, RunListener run) {
    try {
      VideoJob job = new VideoJob(spark, list.items().get(0).resolved(), options);
      if (options.partial()) {
        PartialVideo.requireFilms(list.items());
      }
      return LiveReport.Run.of(spark, "video", options, list)
          .during(
              list.workItems(),
              report -> job.dream(list.items(), ItemListener.none(), run, report));
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Dreams several videos.
   *
   * @return one outcome for each item, in order
   */
  public List<Outcome> dream(List<WorkItem> items, ItemListener listener) throws IOException {
    return dream(SpecifiedItem.of(items, resolved), listener, RunListener.none(), LiveReport.none())
        .stream()
        // All have the same settings.
        .map(outcome -> outcome.withId(""))
        .toList();
  }

  private List<Outcome> dream(
      List<SpecifiedItem> items, ItemListener listener, RunListener run, LiveReport report)
      throws IOException {
    // Refuses an unknown layer before any work.
    Dreamers.of(resolved, "cpu");
    return Work.run(new Videos(this, listener, run, report), items, options, listener);
  }

  /** The videos of one run; {@code execute} dreams what {@code plan} planned. */
  private static final class Videos implements Work<SpecifiedItem> {

    private final VideoJob job;
    private final ItemListener listener;
    private final RunListener run;
    private final LiveReport report;
    private VideoPlan plan = VideoPlan.NOTHING;

    Videos(VideoJob job, ItemListener listener, RunListener run, LiveReport report) {
      this.job = job;
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

    /** What may not be written is left to the plan, which says why. */
    @Override
    public boolean exists(SpecifiedItem video) throws IOException {
      return VideoPlan.refusal(video.item(), job.options).isEmpty()
          && OutputTarget.of(video.item().output(), video.resolved().spec()).exists();
    }

    @Override
    public Optional<String> difference(SpecifiedItem video) throws IOException {
      return OtherSettings.of(video.item().output(), video.resolved());
    }

    @Override
    public List<Outcome> plan(List<SpecifiedItem> missing) throws IOException {
      VideoProbe probe = new VideoProbe(job.spark, job.options.quiet());
      plan = VideoPlan.of(missing, job.options, probe, listener);
      plan.notices().forEach(run::notice);
      return plan.outcomes();
    }

    /** The plan was made in the time since the program started, as it will be by the run. */
    @Override
    public void forecast(List<SpecifiedItem> planned) {
      new VideoForecast(job.spark, job.options).tell(plan.items(), run);
    }

    @Override
    public List<Outcome> execute(List<SpecifiedItem> planned) throws IOException {
      if (job.options.partial()) {
        PartialVideo.requireOwn(plan.items(), job.options);
      }
      long begun = System.currentTimeMillis();
      VideoReporter reporter = new VideoReporter(plan.items(), report);
      reporter.plan();
      List<Outcome> outcomes =
          job.assemble(plan.items(), job.dream(plan.items(), reporter), listener, report, begun);
      if (job.options.partial()) {
        PartialVideo.delete(outcomes, report);
      }
      reporter.finish(job.spark, outcomes);
      if (job.options.dreams() == KeptDreamUse.KEEP) {
        List<KeptDream> kept = plan.items().stream().map(VideoItem::kept).toList();
        KeptSize.of(kept).sentence("video").ifPresent(run::notice);
      }
      return outcomes;
    }
  }

  /** Measures what several videos would take, without dreaming them. */
  public void forecast(List<WorkItem> items, RunListener run) throws IOException {
    VideoProbe probe = new VideoProbe(spark, options.quiet());
    VideoPlan plan =
        VideoPlan.of(SpecifiedItem.of(items, resolved), options, probe, ItemListener.none());
    new VideoForecast(spark, options).tell(plan.items(), run);
  }

  /**
   * Refuses an output that cannot be written with these settings.
   *
   * @throws UserException that names the reason
   */
  public void requireWritable(Location output) {
    OutputTarget.of(output, resolved.spec());
  }

  /** One task for each segment, the longest first; then one for each seam. */
  private List<SegmentResult> dream(List<VideoItem> items, VideoReporter reporter) {
    Broadcast<List<VideoItem>> all = spark.broadcast(items);
    List<SegmentResult> results = new ArrayList<>(dreamSegments(items, all, reporter));
    results.addAll(fadeSeams(items, results, all, reporter));
    return results;
  }

  private List<SegmentResult> dreamSegments(
      List<VideoItem> items, Broadcast<List<VideoItem>> all, VideoReporter reporter) {
    List<SegmentTask> work = SegmentTask.of(items, options.partial());
    Pace pace =
        new Pace(work.stream().map(w -> w.segment().frames()).toList(), spark.defaultParallelism());
    try (TaskProgress progress =
            TaskProgress.start(spark.sc(), "Dreaming", "frames", options.quiet(), pace);
        PartialVideo partial = reporter.partial(options)) {
      reporter.dreaming(progress, work);
      SegmentDreamer dreamer =
          new SegmentDreamer(options, progress.counter(), reporter.snapshots());
      return Tasks.run(
          spark,
          VideoReporter.DREAMING,
          work,
          w -> dreamer.dream(w.item(), all.value().get(w.item()), w.segment()),
          result -> {
            reporter.ended(result);
            partial.ended(result);
          });
    }
  }

  private List<SegmentResult> fadeSeams(
      List<VideoItem> items,
      List<SegmentResult> dreamed,
      Broadcast<List<VideoItem>> all,
      VideoReporter reporter) {
    List<SeamTask> work = SeamTask.of(items, dreamed);
    if (work.isEmpty()) {
      return List.of();
    }
    return Tasks.run(
        spark,
        "Fading seams",
        work,
        f -> SeamFader.fade(f.item(), all.value().get(f.item()), f.seam(), f.early(), f.late()),
        reporter::ended);
  }

  private List<Outcome> assemble(
      List<VideoItem> items,
      List<SegmentResult> results,
      ItemListener listener,
      LiveReport report,
      long begun) {
    List<VideoAssembly> assemblies =
        IntStream.range(0, items.size())
            .mapToObj(
                i -> new VideoAssembly(items.get(i), options, of(results, i), listener, begun))
            .toList();
    return Tasks.run(spark, "Assembling", assemblies, VideoAssembly::run, report::ended);
  }

  /** An item's results in order of time. */
  private static List<SegmentResult> of(List<SegmentResult> results, int item) {
    return results.stream()
        .filter(r -> r.item() == item)
        .sorted(Comparator.comparingInt(SegmentResult::number).thenComparing(SegmentResult::seam))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
