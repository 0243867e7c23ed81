package io.reverie.jobs.video;

import io.reverie.jobs.kept.DamagedDreamException;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.RunOptions;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.memory.MemoryNeed;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

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

  SegmentResult dream(int item, VideoItem video, Segment segment) {
    Optional<String> fatal = Attempts.exhausted(() -> video.work().progress(segment.number()));
    if (fatal.isPresent()) {
      return SegmentResult.failed(item, false, segment.number(), fatal.get());
    }
    try {
      Optional<SegmentResult> finished = video.work().finished(item, false, segment.number());
      boolean kept = video.kept().isFinished(segment.number(), segment.chunks().size());
      if (finished.isPresent() && (kept || options.dreams() != KeptDreamUse.KEEP)) {
        progress.add(segment.frames());
        return finished.get();
      }
      return MemoryGate.forThisProcess()
          .during(need(video), () -> dream(item, video, segment, kept));
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return SegmentResult.failed(item, false, segment.number(), Failure.of(e));
    }
  }

  /** Shows the kept dream of a segment, or dreams it if there is none or it is damaged. */
  private SegmentResult dream(int item, VideoItem video, Segment segment, boolean kept)
      throws IOException {
    if (kept) {
      SegmentRun replay = run(item, video, segment, true);
      try {
        return replay.run();
      } catch (DamagedDreamException e) {
        progress.add(-replay.counted());
        video.kept().forget(segment.number(), segment.chunks().size());
      }
    }
    return run(item, video, segment, false).run();
  }

  private SegmentRun run(int item, VideoItem video, Segment segment, boolean replay) {
    return new SegmentRun(item, video, segment, options, progress, snapshots, replay);
  }

  static MemoryNeed need(VideoItem video) {
    return new DreamMemory(
            FrameImages.ofDream(video.size()), FrameImages.ofDream(video.dreamSize()), video.spec())
        .frame(video.index().colour());
  }
}
