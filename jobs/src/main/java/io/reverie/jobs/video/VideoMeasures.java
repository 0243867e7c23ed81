package io.reverie.jobs.video;

import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.plan.Shot;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.PtsRange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The measures of a result, combined from those of its segments and seams.
 *
 * @param plan that divided the video
 * @param results of segments and seams, without failed ones
 */
record VideoMeasures(SegmentPlan plan, List<SegmentResult> results) {

  /** Measures of a shot's frames as the result shows them. */
  ShotMeasures of(Shot shot) {
    Map<Long, FrameMeasures> shown = new TreeMap<>();
    for (Segment segment : plan.segments()) {
      if (segment.shot().number() == shot.number()) {
        measures(false, segment.number(), segment.body()).forEach(n -> shown.put(n.pts(), n));
      }
    }
    for (Seam seam : seams(shot)) {
      for (FrameMeasures frame : faded(seam)) {
        // The first frame after a seam follows the faded one, not its own segment's.
        shown.merge(frame.pts(), frame, FrameMeasures::after);
      }
    }
    return new ShotMeasures(List.copyOf(shown.values()));
  }

  /** Measures of all frames as the result shows them. */
  ShotMeasures all() {
    return new ShotMeasures(
        plan.shots().stream().flatMap(shot -> of(shot).frames().stream()).toList());
  }

  List<Seam> seams(Shot shot) {
    return plan.seams().stream()
        .filter(s -> plan.segments().get(s.before()).shot().number() == shot.number())
        .toList();
  }

  /** The frames of a seam and the one after it, each compared with the frame before it. */
  List<FrameMeasures> faded(Seam seam) {
    PtsRange range = new PtsRange(seam.range().from(), seam.margin().to());
    return measures(true, seam.before(), range);
  }

  /** Measures of all work on a shot: shared frames count twice. */
  ShotMeasures work(Shot shot) {
    return new ShotMeasures(
        results.stream()
            .filter(r -> !r.seam())
            .filter(r -> plan.segments().get(r.number()).shot().number() == shot.number())
            .flatMap(r -> r.measures().stream())
            .toList());
  }

  Times times() {
    return results.stream().map(SegmentResult::times).reduce(Times.NONE, Times::plus);
  }

  Times times(Shot shot) {
    return results.stream()
        .filter(r -> plan.segments().get(r.number()).shot().number() == shot.number())
        .map(SegmentResult::times)
        .reduce(Times.NONE, Times::plus);
  }

  private List<FrameMeasures> measures(boolean seam, int number, PtsRange range) {
    return results.stream()
        .filter(r -> r.seam() == seam && r.number() == number)
        .flatMap(r -> r.measures().stream())
        .filter(n -> range.contains(n.pts()))
        .toList();
  }
}
