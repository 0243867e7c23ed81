package io.reverie.jobs.video;

import io.reverie.core.DreamException;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.kept.DreamSource;
import io.reverie.jobs.kept.KeptLookup;
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
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.jobs.storage.Location;
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
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a video job will do.
 *
 * @param items to dream
 * @param outcomes one for each work item, planned or final
 * @param notices for the user, about kept dreams
 */
record VideoPlan(List<VideoItem> items, List<Outcome> outcomes, List<String> notices) {

  static final VideoPlan NOTHING = new VideoPlan(List.of(), List.of(), List.of());

  /** Typical fraction of the iterations that a keyframe needs. */
  private static final double CARRIED = 0.15;

  /** Version of the work-folder format; raise it when the format changes. */
  private static final int WORK_LAYOUT = 6;

  VideoPlan {
    items = List.copyOf(items);
    outcomes = List.copyOf(outcomes);
    notices = List.copyOf(notices);
  }

  static VideoPlan of(
      List<SpecifiedItem> wanted, RunOptions options, VideoProbe probe, ItemListener listener)
      throws IOException {
    List<Writable> open = new ArrayList<>();
    Map<WorkItem, String> refused = new HashMap<>();
    for (SpecifiedItem each : wanted) {
      refusal(each.item(), options)
          .ifPresentOrElse(why -> refused.put(each.item(), why), () -> open.add(Writable.of(each)));
    }
    KeptLookup kept = new KeptLookup(options);
    Planning planning = new Planning(options, probe, listener, new Octaves(), kept);
    List<VideoItem> items = new ArrayList<>();
    Iterator<Outcome> planned = planning.outcomes(open, items).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (SpecifiedItem each : wanted) {
      WorkItem workItem = each.item();
      outcomes.add(
          refused.containsKey(workItem)
              ? Outcome.failed(workItem.input(), workItem.output().text(), refused.get(workItem))
              : planned.next());
    }
    return new VideoPlan(items, outcomes, kept.notices());
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

  /** A video whose result may be written. */
  private record Writable(SpecifiedItem specified, OutputTarget target) {

    static Writable of(SpecifiedItem each) {
      return new Writable(each, OutputTarget.of(each.item().output(), each.resolved().spec()));
    }

    WorkItem item() {
      return specified.item();
    }

    ResolvedSpec resolved() {
      return specified.resolved();
    }

    PipelineSpec spec() {
      return specified.resolved().spec();
    }
  }

  /** The octaves of videos; settings that several share are read once. */
  private static final class Octaves {

    private final IdentityHashMap<ResolvedSpec, Dreamer> dreamers = new IdentityHashMap<>();

    double megapixels(VideoItem item) {
      Dreamer dreamer =
          dreamers.computeIfAbsent(item.resolved(), resolved -> Dreamers.of(resolved, "cpu"));
      return dreamer.octaves(FrameImages.ofDream(item.dreamSize())).stream()
          .mapToDouble(s -> (double) s.height() * s.width() / 1e6)
          .sum();
    }
  }

  /** Plans from the results of the probe. */
  private record Planning(
      RunOptions options,
      VideoProbe probe,
      ItemListener listener,
      Octaves octaves,
      KeptLookup kept) {

    List<Outcome> outcomes(List<Writable> open, List<VideoItem> items) throws IOException {
      if (open.isEmpty()) {
        return List.of();
      }
      List<ProbeResult> results =
          probe.of(
              open.stream()
                  .map(each -> new VideoProbe.Candidate(each.item(), each.spec()))
                  .collect(Collectors.toCollection(ArrayList::new)),
              options.dryRun() ? ItemListener.none() : listener);
      results.stream()
          .filter(ProbeResult::usage)
          .findFirst()
          .ifPresent(
              wrong -> {
                throw UserException.usage(wrong.failure());
              });
      Iterator<Shots> shots = shots(results, open).iterator();
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        WorkItem workItem = open.get(i).item();
        String failure = results.get(i).failure();
        for (ProbedVideo probed : results.get(i).probed()) {
          try {
            VideoItem item = item(probed, open.get(i), shots.next());
            Outcome planned = planned(item);
            saveShots(item);
            outcomes.add(planned);
            items.add(item);
          } catch (DreamException | IOException e) {
            failure = Failure.of(e);
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
      boolean detected = !options.dryRun() && VideoProbe.detectsCuts(item.spec().video());
      if (detected && item.work().shots().isEmpty()) {
        item.work().saveShots(item.shots());
      }
    }

    /** The shots of each readable video, reusing those that an earlier run detected. */
    private List<Shots> shots(List<ProbeResult> results, List<Writable> open) throws IOException {
      List<ProbedVideo> unknown = new ArrayList<>();
      List<Optional<Shots>> known = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        for (ProbedVideo probed : results.get(i).probed()) {
          Optional<Shots> shots = shots(probed, open.get(i));
          known.add(shots);
          if (shots.isEmpty()) {
            unknown.add(probed);
          }
        }
      }
      Iterator<Shots> found = probe.shots(unknown).iterator();
      return known.stream().map(shots -> shots.orElseGet(found::next)).toList();
    }

    private Optional<Shots> shots(ProbedVideo probed, Writable open) throws IOException {
      VideoSpec video = open.spec().video();
      if (video.temporal() == TemporalMode.NONE) {
        return Optional.of(new Shots(List.of(), List.of()));
      }
      return video.cuts().detected()
          ? work(probed, open).shots()
          : Optional.of(new Shots(video.cuts().begins(probed.index()), List.of()));
    }

    private VideoWork work(ProbedVideo probed, Writable open) {
      Location output = open.item().output();
      String all =
          String.join(
              "\n",
              probed.input().identity(),
              open.resolved().id(),
              output.absolute(),
              open.target().segmentFormat(),
              Integer.toString(WORK_LAYOUT));
      return new VideoWork(WorkFolder.of(output, Sha256.of(all).substring(0, 16), options));
    }

    private VideoItem item(ProbedVideo probed, Writable open, Shots shots) throws IOException {
      PipelineSpec spec = open.spec();
      Size size = FrameImages.ofVideo(spec.size().of(FrameImages.ofDream(probed.index().size())));
      SegmentPlan plan =
          SegmentPlan.of(
              probed.index(),
              probed.range(),
              shots.cuts(),
              spec.video().segment(),
              spec.video().overlapFrames(),
              spec.video().chunk());
      return new VideoItem(
          probed.input(),
          open.item(),
          open.resolved(),
          probed.index(),
          probed.range(),
          size,
          FrameImages.ofVideo(spec.dreamSize().of(FrameImages.ofDream(size))),
          open.target(),
          plan,
          shots,
          probed.loudness(),
          work(probed, open),
          kept.of(
              new DreamSource(probed.input().name(), probed.input().identity(), open.resolved()),
              open.item().output(),
              plan.segments().size()));
    }

    /** Other streams, for a person who only asks; whoever dreams finds them in the sidecar. */
    private String streams(VideoItem item) {
      List<String> streams = options.dryRun() ? item.target().streams(item.timeline()) : List.of();
      return streams.isEmpty() ? "" : "; " + String.join("; ", streams);
    }

    private Outcome planned(VideoItem item) {
      PipelineSpec spec = item.spec();
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
                  octaves.megapixels(item) * steps,
                  item.cutSeconds().isEmpty() ? "" : ", cuts at " + item.cutSeconds(),
                  streams(item)),
          List.of());
    }
  }
}
