package io.reverie.jobs.video;

import io.reverie.core.DreamException;
import io.reverie.core.dream.Dreamer;
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
import io.reverie.jobs.video.VideoProbe.Footage;
import io.reverie.jobs.video.VideoProbe.Seen;
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

  /** Typical fraction of the iterations that a carried frame needs. */
  private static final double CARRIED = 0.15;

  /** Raise when the content of work folders changes its format. */
  private static final int WORK_LAYOUT = 3;

  VideoPlan {
    items = List.copyOf(items);
    outcomes = List.copyOf(outcomes);
  }

  static VideoPlan of(
      List<WorkItem> wishes,
      ResolvedSpec recipe,
      RunOptions options,
      VideoProbe survey,
      ItemListener listener)
      throws IOException {
    Dreamer dreamer = Dreamers.of(recipe, "cpu");
    Map<WorkItem, OutputTarget> open = new LinkedHashMap<>();
    Map<WorkItem, String> refused = new HashMap<>();
    for (WorkItem wish : wishes) {
      refusal(wish, options)
          .ifPresentOrElse(
              why -> refused.put(wish, why),
              () -> open.put(wish, OutputTarget.of(wish.output(), recipe.spec())));
    }
    Planning planning = new Planning(recipe, options, survey, listener, dreamer);
    List<VideoItem> items = new ArrayList<>();
    Iterator<Outcome> planned =
        planning.outcomes(List.copyOf(open.keySet()), List.copyOf(open.values()), items).iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (WorkItem wish : wishes) {
      outcomes.add(
          refused.containsKey(wish)
              ? Outcome.failed(wish.input(), wish.output().text(), refused.get(wish))
              : planned.next());
    }
    return new VideoPlan(items, outcomes);
  }

  /** The error message if nothing may be written for a video; usually empty. */
  static Optional<String> refusal(WorkItem wish, RunOptions options) {
    try {
      wish.requireInside();
      WorkFolder.requireInside(wish.output(), options);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Failure.of(e));
    }
  }

  /** Plans from the results of the probe. */
  private record Planning(
      ResolvedSpec recipe,
      RunOptions options,
      VideoProbe survey,
      ItemListener listener,
      Dreamer dreamer) {

    List<Outcome> outcomes(List<WorkItem> open, List<OutputTarget> targets, List<VideoItem> items)
        throws IOException {
      if (open.isEmpty()) {
        return List.of();
      }
      List<Seen> seen = survey.of(open, options.dryRun() ? ItemListener.none() : listener);
      seen.stream()
          .filter(Seen::usage)
          .findFirst()
          .ifPresent(
              wrong -> {
                throw UserException.usage(wrong.failure());
              });
      Iterator<Shots> shots = shots(seen, open, targets).iterator();
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        WorkItem wish = open.get(i);
        String failure = seen.get(i).failure();
        for (Footage footage : seen.get(i).footage()) {
          try {
            VideoItem item = item(footage, wish, targets.get(i), shots.next());
            outcomes.add(planned(item));
            items.add(item);
            keepShots(item);
          } catch (DreamException e) {
            failure = e.getMessage();
          }
        }
        if (!failure.isEmpty()) {
          outcomes.add(Outcome.failed(wish.input(), wish.output().text(), failure));
        }
      }
      return outcomes;
    }

    /** Stores detected shots, so that a resumed run need not detect them again. */
    private void keepShots(VideoItem item) throws IOException {
      boolean scouted = !options.dryRun() && VideoProbe.isScouting(recipe.spec().video());
      if (scouted && item.work().shots().isEmpty()) {
        item.work().keepShots(item.shots());
      }
    }

    /** The shots of each readable video, reusing those that an earlier run detected. */
    private List<Shots> shots(List<Seen> seen, List<WorkItem> open, List<OutputTarget> targets)
        throws IOException {
      List<Footage> unknown = new ArrayList<>();
      List<Optional<Shots>> known = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        for (Footage footage : seen.get(i).footage()) {
          Optional<Shots> shots = shots(footage, work(footage, open.get(i), targets.get(i)));
          known.add(shots);
          if (shots.isEmpty()) {
            unknown.add(footage);
          }
        }
      }
      Iterator<Shots> found = survey.shots(unknown).iterator();
      return known.stream().map(shots -> shots.orElseGet(found::next)).toList();
    }

    private Optional<Shots> shots(Footage footage, VideoWork work) throws IOException {
      VideoSpec video = recipe.spec().video();
      if (video.temporal() == TemporalMode.NONE) {
        return Optional.of(new Shots(List.of(), List.of()));
      }
      return video.cuts().detected()
          ? work.shots()
          : Optional.of(new Shots(video.cuts().begins(footage.index()), List.of()));
    }

    private VideoWork work(Footage footage, WorkItem wish, OutputTarget target) {
      String all =
          String.join(
              "\n",
              footage.input().identity(),
              recipe.id(),
              wish.output().absolute(),
              target.pieces(),
              Integer.toString(WORK_LAYOUT));
      return new VideoWork(WorkFolder.of(wish.output(), Sha256.of(all).substring(0, 16), options));
    }

    private VideoItem item(Footage footage, WorkItem wish, OutputTarget target, Shots shots) {
      PipelineSpec spec = recipe.spec();
      Size size = FrameImages.ofVideo(spec.size().of(FrameImages.ofDream(footage.index().size())));
      return new VideoItem(
          footage.input(),
          wish,
          footage.index(),
          footage.range(),
          size,
          FrameImages.ofVideo(spec.dreamSize().of(FrameImages.ofDream(size))),
          target,
          SegmentPlan.of(
              footage.index(),
              footage.range(),
              shots.cuts(),
              spec.video().segment(),
              spec.video().overlapFrames(),
              spec.video().chunk()),
          shots,
          footage.loudness(),
          work(footage, wish, target));
    }

    private double megapixels(VideoItem item) {
      return dreamer.octaves(FrameImages.ofDream(item.dreamSize())).stream()
          .mapToDouble(s -> (double) s.height() * s.width() / 1e6)
          .sum();
    }

    private Outcome planned(VideoItem item) {
      PipelineSpec spec = recipe.spec();
      SegmentPlan plan = item.plan();
      int segments = plan.segments().size();
      int dreamed = plan.segments().stream().mapToInt(Segment::frames).sum();
      double carried =
          spec.video().temporal() == TemporalMode.CARRY
              ? Math.max(1, CARRIED * spec.iterations())
              : spec.iterations();
      double steps = (double) segments * spec.iterations() + (dreamed - segments) * carried;
      return new Outcome(
          item.input().name(),
          item.output().text(),
          Status.PLANNED,
          item.frames(),
          0,
          0,
          "shots: %d, segments: %d of at most %d frames, at %s, dreamed at %s, about %.0f megapixel steps%s"
              .formatted(
                  plan.shots().size(),
                  segments,
                  plan.segments().stream().mapToInt(Segment::frames).max().getAsInt(),
                  item.size(),
                  item.dreamSize(),
                  megapixels(item) * steps,
                  item.cutSeconds().isEmpty() ? "" : ", cuts at " + item.cutSeconds()),
          List.of());
    }
  }
}
