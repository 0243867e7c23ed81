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
 * The notes of all pieces of a video, laid together to those of its result.
 *
 * @param plan that it was dreamed by
 * @param pieces segments and seams, those that failed not among them
 */
record VideoMeasures(SegmentPlan plan, List<SegmentResult> pieces) {

  /** The frames of a shot as they are seen in the result. */
  ShotMeasures of(Shot shot) {
    Map<Long, FrameMeasures> seen = new TreeMap<>();
    for (Segment segment : plan.segments()) {
      if (segment.shot().number() == shot.number()) {
        notes(false, segment.number(), segment.body()).forEach(n -> seen.put(n.pts(), n));
      }
    }
    for (Seam seam : seams(shot)) {
      for (FrameMeasures note : faded(seam)) {
        // The first frame behind a seam follows the faded one, not its own segment's.
        seen.merge(note.pts(), note, FrameMeasures::after);
      }
    }
    return new ShotMeasures(List.copyOf(seen.values()));
  }

  /** The seams within a shot. */
  List<Seam> seams(Shot shot) {
    return plan.seams().stream()
        .filter(s -> plan.segments().get(s.before()).shot().number() == shot.number())
        .toList();
  }

  /** A seam's frames and the one behind them, each against the frame before it. */
  List<FrameMeasures> faded(Seam seam) {
    PtsRange range = new PtsRange(seam.range().from(), seam.margin().to());
    return notes(true, seam.before(), range);
  }

  /** All that was dreamed of a shot, shared frames twice. */
  ShotMeasures work(Shot shot) {
    return new ShotMeasures(
        pieces.stream()
            .filter(p -> !p.seam())
            .filter(p -> plan.segments().get(p.number()).shot().number() == shot.number())
            .flatMap(p -> p.notes().stream())
            .toList());
  }

  /** Of all tasks. */
  Times times() {
    return pieces.stream().map(SegmentResult::times).reduce(Times.NONE, Times::plus);
  }

  /** Of the tasks of one shot. */
  Times times(Shot shot) {
    return pieces.stream()
        .filter(p -> plan.segments().get(p.number()).shot().number() == shot.number())
        .map(SegmentResult::times)
        .reduce(Times.NONE, Times::plus);
  }

  private List<FrameMeasures> notes(boolean seam, int number, PtsRange range) {
    return pieces.stream()
        .filter(p -> p.seam() == seam && p.number() == number)
        .flatMap(p -> p.notes().stream())
        .filter(n -> range.contains(n.pts()))
        .toList();
  }
}
