package io.reverie.jobs.video;

import io.reverie.jobs.chain.Chains;
import io.reverie.jobs.kept.KeptLookup;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a dry run finds out about all videos, several at once.
 *
 * @param videos to dream
 * @param outcomes one for each work item, planned or failed
 * @param notices for the user, about kept dreams
 */
record VideoPlan(List<VideoSummary> videos, List<Outcome> outcomes, List<String> notices) {

  VideoPlan {
    videos = List.copyOf(videos);
    outcomes = List.copyOf(outcomes);
    notices = List.copyOf(notices);
  }

  /** What was found out about one video. */
  private record Planned(Outcome outcome, Optional<VideoSummary> video, List<String> notices) {}

  /**
   * Plans videos, and leaves no files.
   *
   * @param options of a dry run
   */
  static VideoPlan of(JavaSparkContext spark, RunOptions options, List<SpecifiedItem> wanted) {
    if (!options.dryRun()) {
      throw new IllegalArgumentException("a plan is made by a dry run");
    }
    try (VideoProgress progress = new VideoProgress(spark, options.quiet(), LiveReport.none())) {
      VideoSteps steps =
          new VideoSteps(
              spark,
              options,
              ItemListener.none(),
              new KeptLookup(options),
              progress,
              0,
              SpecifiedItem.areAlike(wanted));
      List<Planned> all =
          Chains.of(spark, wanted.stream().map(each -> VideoSteps.group(each.item())).toList())
              .run(wanted, each -> 1, each -> planned(each, steps));
      return new VideoPlan(
          all.stream().flatMap(planned -> planned.video().stream()).toList(),
          all.stream().map(Planned::outcome).toList(),
          all.stream().flatMap(planned -> planned.notices().stream()).toList());
    }
  }

  private static Planned planned(SpecifiedItem each, VideoSteps steps) throws Exception {
    Optional<Outcome> refused = refused(each, steps.options());
    if (refused.isPresent()) {
      return new Planned(refused.get(), Optional.empty(), List.of());
    }
    try {
      return found(each, steps);
    } catch (Exception e) {
      String sentence = VideoFailure.of(e).orElseThrow(() -> e);
      return new Planned(Outcome.failed(each.item(), sentence), Optional.empty(), List.of());
    }
  }

  private static Planned found(SpecifiedItem each, VideoSteps steps) throws IOException {
    List<String> notices = new ArrayList<>();
    Planning planned = steps.plan(each, notices::add);
    if (planned instanceof Planning.Refused refused) {
      return new Planned(
          Outcome.failed(each.item(), refused.sentence()), Optional.empty(), notices);
    }
    VideoSummary video = ((Planning.Ready) planned).summary();
    Outcome outcome = Outcome.planned(each.item(), video.frames(), video.message());
    return new Planned(outcome, Optional.of(video), notices);
  }

  /**
   * The outcome of a video for which nothing may be written; usually empty.
   *
   * @throws io.reverie.jobs.error.UserException if the form of its output is wrong
   */
  static Optional<Outcome> refused(SpecifiedItem each, RunOptions options) {
    Optional<String> refusal = refusal(each.item(), options);
    if (refusal.isEmpty()) {
      OutputTarget.of(each.item().output(), each.resolved().spec());
    }
    return refusal.map(sentence -> Outcome.failed(each.item(), sentence));
  }

  /** The error message if nothing may be written for a video; usually empty. */
  static Optional<String> refusal(WorkItem workItem, RunOptions options) {
    try {
      workItem.requireInside();
      WorkFolder.requireInside(workItem.output(), options);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Failure.of(e));
    }
  }
}
