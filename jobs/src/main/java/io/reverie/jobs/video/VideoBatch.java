package io.reverie.jobs.video;

import io.reverie.jobs.chain.Chains;
import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.kept.KeptLookup;
import io.reverie.jobs.kept.KeptSize;
import io.reverie.jobs.operation.Backlog;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StorageErrorMessages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The videos of one run. Each is a chain of Spark jobs of its own, from its index to its result:
 * none waits for another.
 */
final class VideoBatch implements Work<SpecifiedItem> {

  /** Size of numbered frames, which are not counted before their turn: they start early. */
  private static final long UNKNOWN = Long.MAX_VALUE / (1L << 32);

  private final JavaSparkContext spark;
  private final RunOptions options;
  private final ItemListener listener;
  private final RunListener run;
  private final LiveReport report;
  private List<VideoSummary> planned = List.of();

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

  /** A dry run finds out everything; otherwise each video does so when its turn has come. */
  @Override
  public List<Outcome> plan(List<SpecifiedItem> missing) {
    if (!options.dryRun()) {
      return Chains.overlapped(
          missing,
          each ->
              VideoPlan.refused(each, options)
                  .orElseGet(() -> Outcome.planned(each.item(), 0, "")));
    }
    VideoPlan plan = VideoPlan.of(spark, options, missing);
    plan.notices().forEach(run::notice);
    planned = plan.videos();
    return plan.outcomes();
  }

  /** The plan was made in the time since the program started, as it will be by the run. */
  @Override
  public void forecast(List<SpecifiedItem> open) {
    new VideoForecast(spark, options).tell(planned, run);
  }

  @Override
  public List<Outcome> execute(List<SpecifiedItem> videos) throws IOException {
    if (options.partial()) {
      PartialVideo.requireOwn(videos, options);
    }
    VideoReporter reporter = new VideoReporter(report, videos.size());
    try (VideoProgress progress = new VideoProgress(spark, options.quiet(), report)) {
      VideoSteps steps =
          new VideoSteps(
              spark,
              options,
              listener,
              new KeptLookup(options),
              progress,
              reporter.moments(),
              SpecifiedItem.areAlike(videos));
      Execution execution = new Execution(steps, reporter, sizes(videos));
      List<Outcome> outcomes =
          Chains.of(spark, videos.stream().map(each -> VideoSteps.group(each.item())).toList())
              .run(videos, execution::size, execution::outcome);
      reporter.finish(spark);
      execution.tellKept();
      return outcomes;
    }
  }

  /** The bytes of each video, for the order in which they start. */
  private static IdentityHashMap<SpecifiedItem, Long> sizes(List<SpecifiedItem> videos) {
    IdentityHashMap<SpecifiedItem, Long> sizes = new IdentityHashMap<>();
    if (videos.size() == 1) {
      sizes.put(videos.get(0), 1L);
      return sizes;
    }
    List<Long> all = Chains.overlapped(videos, video -> size(video.item()));
    for (int i = 0; i < videos.size(); i++) {
      sizes.put(videos.get(i), all.get(i));
    }
    return sizes;
  }

  /** What cannot be looked up says why in its turn. */
  private static long size(WorkItem item) {
    try {
      Location location = Location.of(item.input());
      return Storage.of(location).find(location).map(FileEntry::length).orElse(UNKNOWN);
    } catch (IOException e) {
      return 0;
    }
  }

  /** The chains of one run. */
  private final class Execution {

    private final VideoSteps steps;
    private final VideoReporter reporter;
    private final IdentityHashMap<SpecifiedItem, Long> sizes;
    private final double total;
    private final Queue<KeptDream> kept = new ConcurrentLinkedQueue<>();

    Execution(
        VideoSteps steps, VideoReporter reporter, IdentityHashMap<SpecifiedItem, Long> sizes) {
      this.steps = steps;
      this.reporter = reporter;
      this.sizes = sizes;
      this.total = Math.max(1, sizes.values().stream().mapToDouble(Long::doubleValue).sum());
    }

    long size(SpecifiedItem video) {
      return Objects.requireNonNull(sizes.get(video));
    }

    private double part(SpecifiedItem video) {
      return size(video) / total;
    }

    /** Runs the chain of a video; what fails only this video is its outcome. */
    Outcome outcome(SpecifiedItem video) throws Exception {
      Outcome outcome;
      try {
        outcome = dream(video);
      } catch (Exception e) {
        outcome = ended(video, VideoFailure.of(e).orElseThrow(() -> e));
      } finally {
        steps.progress().finish(VideoSteps.group(video.item()));
      }
      reporter.ended(outcome);
      return outcome;
    }

    private Outcome dream(SpecifiedItem video) throws IOException {
      Planning planned = steps.plan(video, run::notice);
      if (planned instanceof Planning.Refused refused) {
        steps.progress().dreaming(VideoSteps.group(video.item()), List.of(), part(video));
        return ended(video, refused.sentence());
      }
      VideoSummary summary = ((Planning.Ready) planned).summary();
      kept.add(summary.video().kept());
      Outcome outcome = new VideoChain(steps, reporter, report, summary, part(video)).run();
      reporter.ended(summary, outcome);
      if (options.partial()) {
        deletePartial(outcome);
      }
      return outcome;
    }

    /** Ends a video whose assembly had no turn. */
    private Outcome ended(SpecifiedItem video, String failure) {
      Outcome outcome = Outcome.failed(video.item(), failure);
      Backlog.ofThisProcess().failed(video.item().input(), failure);
      try {
        listener.ended(video.item(), outcome);
        return outcome;
      } catch (UncheckedIOException e) {
        return outcome.with(Failure.of(e));
      }
    }

    private void deletePartial(Outcome outcome) {
      try {
        PartialVideo.delete(outcome, report);
      } catch (IOException e) {
        // The result is published.
        run.notice(StorageErrorMessages.of(e));
      }
    }

    void tellKept() {
      if (options.dreams() != KeptDreamUse.KEEP) {
        return;
      }
      try {
        KeptSize.of(List.copyOf(kept)).sentence("video").ifPresent(run::notice);
      } catch (IOException e) {
        // The results are published.
        run.notice(StorageErrorMessages.of(e));
      }
    }
  }
}
