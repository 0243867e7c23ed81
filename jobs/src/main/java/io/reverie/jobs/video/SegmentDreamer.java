package io.reverie.jobs.video;

import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.RunOptions;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.memory.MemoryNeed;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * Dreams one segment in a Spark task: decodes, dreams, encodes, publishes, chunk by chunk. It
 * resumes from the last checkpoint of an earlier run or attempt, with identical frames.
 */
record SegmentDreamer(RunOptions options, FrameCounter progress, Snapshots snapshots)
    implements Serializable {

  /** Takes no pictures for a report. */
  SegmentDreamer(RunOptions options, FrameCounter progress) {
    this(options, progress, Snapshots.none());
  }

  SegmentResult dream(int item, VideoItem video, Segment segment) {
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return SegmentResult.failed(item, false, segment.number(), fatal.get());
    }
    try {
      Optional<SegmentResult> finished = video.work().finished(item, false, segment.number());
      if (finished.isPresent()) {
        progress.add(segment.frames());
        return finished.get();
      }
      return MemoryGate.forThisProcess()
          .during(
              need(video),
              () -> new SegmentRun(item, video, segment, options, progress, snapshots).run());
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return SegmentResult.failed(item, false, segment.number(), Failure.of(e));
    }
  }

  static MemoryNeed need(VideoItem video) {
    return new DreamMemory(
            FrameImages.ofDream(video.size()), FrameImages.ofDream(video.dreamSize()), video.spec())
        .frame(video.index().colour());
  }
}
