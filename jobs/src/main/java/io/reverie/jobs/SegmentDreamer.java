package io.reverie.jobs;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.carry.Clock;
import io.reverie.jobs.carry.Clock.Part;
import io.reverie.jobs.carry.FrameNote;
import io.reverie.jobs.carry.ShotDreamer;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.spec.Recipe;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;

/** Dreams one segment on an executor: decode, dream, encode, publish. */
record SegmentDreamer(Recipe recipe, LongAccumulator progress) implements Serializable {

  Piece dream(int item, VideoItem video, Segment segment) {
    try {
      return new Run(item, video, segment).run();
    } catch (IOException | RuntimeException e) {
      return Piece.failed(item, false, segment.number(), e);
    }
  }

  /** One segment's work. */
  private final class Run {

    private final int item;
    private final VideoItem video;
    private final Segment segment;
    private final Clock clock = new Clock();
    private final List<FrameNote> notes = new ArrayList<>();
    private int seen;
    private int corrupt;
    private long steps;
    private long zeroSteps;

    Run(int item, VideoItem video, Segment segment) {
      this.item = item;
      this.video = video;
      this.segment = segment;
    }

    Piece run() throws IOException {
      Dreamer dreamer =
          new Dreamer(LoadedNetworks.of(recipe, Device.ofTask()), recipe.spec().dream());
      try (FrameReader reader = video.reader(segment.range());
          PieceFiles files = new PieceFiles(video, segment);
          ShotDreamer shot =
              new ShotDreamer(
                  dreamer, recipe.spec().video(), Sizes.ofDream(video.dreamSize()), clock)) {
        for (Optional<Frame> f = read(reader); f.isPresent(); f = read(reader)) {
          dream(f.get(), shot, files);
          stopIfKilled();
        }
        files.publish();
        int missing = segment.counted() - seen;
        return new Piece(
            item,
            false,
            segment.number(),
            files.frames(),
            corrupt + missing,
            steps,
            zeroSteps,
            notes,
            clock.times(),
            "");
      }
    }

    private Optional<Frame> read(FrameReader reader) {
      return clock.time(Part.DECODE, reader::next);
    }

    private void dream(Frame frame, ShotDreamer shot, PieceFiles files) {
      ShotDreamer.Dreamed dreamed = shot.next(frame, video.shots().flashes().contains(frame.pts()));
      clock.time(Part.ENCODE, () -> files.write(frame, dreamed.dream(), recipe.spec().strength()));
      notes.add(dreamed.note());
      steps += dreamed.dream().steps();
      zeroSteps += dreamed.dream().zeroSteps();
      boolean counts = segment.counts(frame.pts());
      seen += counts ? 1 : 0;
      corrupt += counts && frame.corrupt() ? 1 : 0;
      progress.add(1);
    }
  }

  static void stopIfKilled() {
    TaskContext context = TaskContext.get();
    if (context != null) {
      context.killTaskIfInterrupted();
    }
  }
}
