package io.reverie.jobs.video;

import io.reverie.jobs.kept.DamagedDreamException;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.operation.Piece.Kind;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.MeasureDigest;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.PtsRange;
import io.reverie.video.memory.MemoryNeed;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Dreams one segment in a Spark task: decodes, dreams, encodes, publishes, chunk by chunk. It
 * resumes from the last checkpoint of an earlier run or attempt, with identical frames, and takes a
 * kept dream instead of dreaming again.
 */
record SegmentDreamer(RunOptions options, FrameCounter progress, Snapshots snapshots)
    implements Serializable {

  /** Takes no pictures for a report. */
  SegmentDreamer(RunOptions options, FrameCounter progress) {
    this(options, progress, Snapshots.none());
  }

  /** Dreams a segment of a planned video. */
  SegmentEnd dream(PlannedVideo video, int number) {
    AtomicBoolean kept = new AtomicBoolean();
    return new Piece(Kind.SEGMENT, video.workItem().input(), number, options.device()::ofTask)
        .during(() -> dreamed(video, number, kept), end -> end.piece(kept.get()));
  }

  /**
   * Dreams the segment, unless that was done before.
   *
   * @param earlier receives whether an earlier run or attempt finished it
   */
  private SegmentEnd dreamed(PlannedVideo video, int number, AtomicBoolean earlier) {
    Optional<String> fatal = Attempts.exhausted(() -> video.work().progress(number));
    if (fatal.isPresent()) {
      return SegmentEnd.failed(false, number, fatal.get());
    }
    try {
      VideoItem opened = video.open();
      earlier.set(opened.work().finished(false, number).isPresent());
      return dream(opened, opened.plan().segments().get(number));
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return SegmentEnd.failed(false, number, Failure.of(e));
    }
  }

  SegmentEnd dream(VideoItem video, Segment segment) {
    try {
      SegmentResult result = result(video, segment);
      return SegmentEnd.of(result, digest(video, segment.body(), result));
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return SegmentEnd.failed(false, segment.number(), Failure.of(e));
    }
  }

  private MeasureDigest digest(VideoItem video, PtsRange own, SegmentResult result) {
    return snapshots.isNone() ? MeasureDigest.NONE : VideoMeasures.digest(video, own, result);
  }

  private SegmentResult result(VideoItem video, Segment segment) throws IOException {
    Optional<SegmentResult> finished = video.work().finished(false, segment.number());
    boolean kept = video.kept().isFinished(segment.number(), segment.chunks().size());
    if (finished.isPresent() && (kept || options.dreams() != KeptDreamUse.KEEP)) {
      progress.add(segment.frames());
      return finished.get();
    }
    return MemoryGate.forThisProcess().during(need(video), () -> dream(video, segment, kept));
  }

  /** Shows the kept dream of a segment, or dreams it if there is none or it is damaged. */
  private SegmentResult dream(VideoItem video, Segment segment, boolean kept) throws IOException {
    if (kept) {
      SegmentRun replay = run(video, segment, true);
      try {
        return replay.run();
      } catch (DamagedDreamException e) {
        progress.add(-replay.counted());
        video.kept().forget(segment.number(), segment.chunks().size());
      }
    }
    return run(video, segment, false).run();
  }

  private SegmentRun run(VideoItem video, Segment segment, boolean replay) {
    return new SegmentRun(video, segment, options, progress, snapshots, replay);
  }

  static MemoryNeed need(VideoItem video) {
    return new DreamMemory(
            FrameImages.ofDream(video.size()), FrameImages.ofDream(video.dreamSize()), video.spec())
        .frame(video.index().colour());
  }
}
