package io.reverie.jobs.video;

import io.reverie.jobs.chain.LookAhead;
import io.reverie.jobs.output.Pieces.Piece;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.report.MeasureDigest;
import io.reverie.jobs.video.record.FrameColumns;
import io.reverie.jobs.video.record.FrameCounts;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.jobs.video.work.VideoWork;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.PtsRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the segments and seams of a video have recorded, read one by one in order of time. The
 * measures of frames are kept in columns; everything else takes as much as there are shots and
 * files.
 */
final class VideoMeasures {

  private final List<Piece> pieces = new ArrayList<>();
  private final List<ShotWork> shots = new ArrayList<>();
  private final FrameColumns shown = new FrameColumns();
  private FrameCounts counts = FrameCounts.NONE;
  private Times times = Times.NONE;

  /** What was done for a shot. */
  private static final class ShotWork {
    private final List<Seam> seams = new ArrayList<>();
    private final int begin;
    private int end;
    private Times times = Times.NONE;
    private long frames;
    private long iterations;

    ShotWork(int begin) {
      this.begin = begin;
    }
  }

  private VideoMeasures() {}

  /**
   * Reads all records of a video.
   *
   * @throws io.reverie.video.MediaException if one is missing
   */
  static VideoMeasures read(VideoItem video) throws IOException {
    SegmentPlan plan = video.plan();
    VideoMeasures all = new VideoMeasures();
    VideoWork work = video.work();
    try (LookAhead<Segment, Recorded> records =
        new LookAhead<>(plan.segments(), segment -> recorded(work, segment))) {
      for (Segment segment : plan.segments()) {
        Recorded next = records.next();
        all.begin(segment.shot());
        all.add(next.own());
        all.addBody(next.own(), segment.body());
        Optional<Seam> seam = seamAfter(segment);
        if (seam.isPresent()) {
          SegmentResult faded = next.faded().orElseThrow();
          all.add(faded);
          all.addSeam(faded, seam.get());
        }
      }
    }
    return all;
  }

  /** A segment, and the seam after it if there is one. */
  private record Recorded(SegmentResult own, Optional<SegmentResult> faded) {}

  private static Recorded recorded(VideoWork work, Segment segment) throws IOException {
    int number = segment.number();
    SegmentResult own = work.required(false, number);
    return new Recorded(
        own,
        seamAfter(segment).isPresent()
            ? Optional.of(work.required(true, number))
            : Optional.empty());
  }

  private static Optional<Seam> seamAfter(Segment segment) {
    return segment.seams().stream().filter(s -> s.before() == segment.number()).findFirst();
  }

  private ShotWork last() {
    return shots.get(shots.size() - 1);
  }

  private void begin(Shot shot) {
    if (shot.number() == shots.size()) {
      shots.add(new ShotWork(shown.size()));
    }
  }

  private void add(SegmentResult result) {
    pieces.addAll(result.pieces());
    counts = counts.plus(result.counts());
    times = times.plus(result.times());
    last().times = last().times.plus(result.times());
  }

  private void addBody(SegmentResult result, PtsRange body) {
    ShotWork shot = last();
    for (FrameMeasures frame : result.measures()) {
      shot.frames++;
      shot.iterations += frame.iterations();
      if (body.contains(frame.pts())) {
        addShown(frame);
      }
    }
    shot.end = shown.size();
  }

  /** The frames of a seam and the one after it, each compared with the frame before it. */
  private void addSeam(SegmentResult result, Seam seam) {
    last().seams.add(seam);
    PtsRange range = new PtsRange(seam.range().from(), seam.margin().to());
    for (FrameMeasures frame : result.measures()) {
      if (range.contains(frame.pts())) {
        addShown(frame);
      }
    }
    last().end = shown.size();
  }

  private void addShown(FrameMeasures frame) {
    int before = shown.size() - 1;
    if (before >= last().begin && shown.get(before).pts() == frame.pts()) {
      // The first frame after a seam follows the faded one, not its own segment's.
      shown.set(before, frame.after(shown.get(before)));
    } else {
      shown.add(frame);
    }
  }

  /** All files with frames for the result, in order of time. */
  List<Piece> pieces() {
    return pieces;
  }

  FrameCounts counts() {
    return counts;
  }

  /** Measures of a shot's frames as the result shows them. */
  ShotMeasures of(Shot shot) {
    ShotWork work = shots.get(shot.number());
    return new ShotMeasures(shown.view(work.begin, work.end));
  }

  List<Seam> seams(Shot shot) {
    return shots.get(shot.number()).seams;
  }

  /** Mean number of steps per octave and frame of all work on a shot: shared frames count twice. */
  double iterations(Shot shot) {
    ShotWork work = shots.get(shot.number());
    return work.frames == 0 ? Double.NaN : (double) work.iterations / work.frames;
  }

  Times times() {
    return times;
  }

  Times times(Shot shot) {
    return shots.get(shot.number()).times;
  }

  /** Mean magnitude of the residual over all frames, in grey levels. */
  double strength() {
    return frames().stream().mapToDouble(FrameMeasures::strength).average().orElse(Double.NaN);
  }

  /** Square root of the mean excess warping error over all frames, for colours in 0..1. */
  double flicker() {
    double excess =
        frames().stream()
            .filter(FrameMeasures::hasFlicker)
            .mapToDouble(FrameMeasures::excess)
            .average()
            .orElse(Double.NaN);
    return Math.sqrt(Math.max(0, excess));
  }

  private List<FrameMeasures> frames() {
    return shown.view(0, shown.size());
  }

  /**
   * What a report shows of a segment's or seam's frames.
   *
   * @param own those that the result shows
   */
  static MeasureDigest digest(VideoItem video, PtsRange own, SegmentResult result) {
    MeasureDigest.Builder digest = new MeasureDigest.Builder(video.frames());
    int first = video.index().first(video.range().from());
    for (FrameMeasures frame : result.measures()) {
      if (own.contains(frame.pts())) {
        digest.add(video.index().first(frame.pts()) - first, frame);
      }
    }
    return digest.digest();
  }
}
