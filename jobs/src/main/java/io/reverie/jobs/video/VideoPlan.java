package io.reverie.jobs.video;

import io.reverie.core.DreamException;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.video.VideoProbe.ProbeResult;
import io.reverie.jobs.video.VideoProbe.ProbedVideo;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.Size;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a video job will do.
 *
 * @param items to dream
 * @param outcomes one for each work item, planned or final
 */
record VideoPlan(List<VideoItem> items, List<Outcome> outcomes) {

  static final VideoPlan NOTHING = new VideoPlan(List.of(), List.of());

  /** Typical fraction of the iterations that a keyframe needs. */
  private static final double CARRIED = 0.15;

  /** Version of the work-folder format; raise it when the format changes. */
  private static final int WORK_LAYOUT = 5;

  VideoPlan {
    items = List.copyOf(items);
    outcomes = List.copyOf(outcomes);
  }

  static VideoPlan of(
      List<WorkItem> workItems,
      ResolvedSpec resolved,
      RunOptions options,
      VideoProbe probe,
      ItemListener listener)
      throws IOException {
    Dreamer dreamer = Dreamers.of(resolved, "cpu");
    Map<WorkItem, OutputTarget> open = new LinkedHashMap<>();
    Map<WorkItem, String> refused = new HashMap<>();
    for (WorkItem workItem : workItems) {
      refusal(workItem, options)
          .ifPresentOrElse(
              why -> refused.put(workItem, why),
              () -> open.put(workItem, OutputTarget.of(workItem.output(), resolved.spec())));
    }
    Planning planning = new Planning(resolved, options, probe, listener, dreamer);
    List<VideoItem> items = new ArrayList<>();
    Iterator<Outcome> planned =
        planning.outcomes(List.copyOf(open.keySet()), List.copyOf(open.values()), items).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (WorkItem workItem : workItems) {
      outcomes.add(
          refused.containsKey(workItem)
              ? Outcome.failed(workItem.input(), workItem.output().text(), refused.get(workItem))
              : planned.next());
    }
    return new VideoPlan(items, outcomes);
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

  /** Plans from the results of the probe. */
  private record Planning(
      ResolvedSpec resolved,
      RunOptions options,
      VideoProbe probe,
      ItemListener listener,
      Dreamer dreamer) {

    List<Outcome> outcomes(List<WorkItem> open, List<OutputTarget> targets, List<VideoItem> items)
        throws IOException {
      if (open.isEmpty()) {
        return List.of();
      }
      List<ProbeResult> results = probe.of(open, options.dryRun() ? ItemListener.none() : listener);
      results.stream()
          .filter(ProbeResult::usage)
          .findFirst()
          .ifPresent(
              wrong -> {
                throw UserException.usage(wrong.failure());
              });
      Iterator<Shots> shots = shots(results, open, targets).iterator();
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        WorkItem workItem = open.get(i);
        String failure = results.get(i).failure();
        for (ProbedVideo probed : results.get(i).probed()) {
          try {
            VideoItem item = item(probed, workItem, targets.get(i), shots.next());
            outcomes.add(planned(item));
            items.add(item);
            saveShots(item);
          } catch (DreamException e) {
            failure = e.getMessage();
          }
        }
        if (!failure.isEmpty()) {
          outcomes.add(Outcome.failed(workItem.input(), workItem.output().text(), failure));
        }
      }
      return outcomes;
    }

    /** Stores detected shots, so that a resumed run need not detect them again. */
    private void saveShots(VideoItem item) throws IOException {
      boolean detected = !options.dryRun() && VideoProbe.detectsCuts(resolved.spec().video());
      if (detected && item.work().shots().isEmpty()) {
        item.work().saveShots(item.shots());
      }
    }

    /** The shots of each readable video, reusing those that an earlier run detected. */
    private List<Shots> shots(
        List<ProbeResult> results, List<WorkItem> open, List<OutputTarget> targets)
        throws IOException {
      List<ProbedVideo> unknown = new ArrayList<>();
      List<Optional<Shots>> known = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        for (ProbedVideo probed : results.get(i).probed()) {
          Optional<Shots> shots = shots(probed, work(probed, open.get(i), targets.get(i)));
          known.add(shots);
          if (shots.isEmpty()) {
            unknown.add(probed);
          }
        }
      }
      Iterator<Shots> found = probe.shots(unknown).iterator();
      return known.stream().map(shots -> shots.orElseGet(found::next)).toList();
    }

    private Optional<Shots> shots(ProbedVideo probed, VideoWork work) throws IOException {
      VideoSpec video = resolved.spec().video();
      if (video.temporal() == TemporalMode.NONE) {
        return Optional.of(new Shots(List.of(), List.of()));
      }
      return video.cuts().detected()
          ? work.shots()
          : Optional.of(new Shots(video.cuts().begins(probed.index()), List.of()));
    }

    private VideoWork work(ProbedVideo probed, WorkItem workItem, OutputTarget target) {
      String all =
          String.join(
              "\n",
              probed.input().identity(),
              resolved.id(),
              workItem.output().absolute(),
              target.segmentFormat(),
              Integer.toString(WORK_LAYOUT));
      return new VideoWork(
          WorkFolder.of(workItem.output(), Sha256.of(all).substring(0, 16), options));
    }

    private VideoItem item(
        ProbedVideo probed, WorkItem workItem, OutputTarget target, Shots shots) {
      PipelineSpec spec = resolved.spec();
      Size size = FrameImages.ofVideo(spec.size().of(FrameImages.ofDream(probed.index().size())));
      return new VideoItem(
          probed.input(),
          workItem,
          probed.index(),
          probed.range(),
          size,
          FrameImages.ofVideo(spec.dreamSize().of(FrameImages.ofDream(size))),
          target,
          SegmentPlan.of(
              probed.index(),
              probed.range(),
              shots.cuts(),
              spec.video().segment(),
              spec.video().overlapFrames(),
              spec.video().chunk()),
          shots,
          probed.loudness(),
          work(probed, workItem, target));
    }

    private double megapixels(VideoItem item) {
      return dreamer.octaves(FrameImages.ofDream(item.dreamSize())).stream()
          .mapToDouble(s -> (double) s.height() * s.width() / 1e6)
          .sum();
    }

    /** Other streams, for a person who only asks; whoever dreams finds them in the sidecar. */
    private String streams(VideoItem item) {
      List<String> streams = options.dryRun() ? item.target().streams(item.timeline()) : List.of();
      return streams.isEmpty() ? "" : "; " + String.join("; ", streams);
    }

    private Outcome planned(VideoItem item) {
      PipelineSpec spec = resolved.spec();
      SegmentPlan plan = item.plan();
      int segments = plan.segments().size();
      int dreamed = plan.segments().stream().mapToInt(Segment::frames).sum();
      double carried =
          spec.video().temporal() == TemporalMode.CARRY
              ? Math.max(1, CARRIED * spec.iterations()) / (1 + spec.video().shot().waitingFrames())
              : spec.iterations();
      double steps = (double) segments * spec.iterations() + (dreamed - segments) * carried;
      return new Outcome(
          item.input().name(),
          item.output().text(),
          Status.PLANNED,
          item.frames(),
          0,
          0,
          "shots: %d, segments: %d of at most %s, at %s, dreamed at %s, about %.0f megapixel steps%s%s"
              .formatted(
                  plan.shots().size(),
                  segments,
                  Count.of(
                      plan.segments().stream().mapToInt(Segment::frames).max().getAsInt(), "frame"),
                  item.size(),
                  item.dreamSize(),
                  megapixels(item) * steps,
                  item.cutSeconds().isEmpty() ? "" : ", cuts at " + item.cutSeconds(),
                  streams(item)),
          List.of());
    }
  }
}
