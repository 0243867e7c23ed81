package io.reverie.jobs.video;

import io.reverie.core.Image;
import io.reverie.core.dream.Dream;
import io.reverie.jobs.kept.KeptChunk;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.stage.CloseList;
import io.reverie.jobs.video.record.FrameCounts;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.temporal.carry.ShotReplay;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The output of a chunk: its files, its kept dream, and the measures of its frames. */
final class ChunkOutput implements CloseList.Part {

  private final Segment segment;
  private final ChunkFiles files;
  private final KeptChunk dreams;
  private final List<FrameMeasures> measures = new ArrayList<>();
  private FrameCounts counts = FrameCounts.NONE;

  /**
   * Takes over the files.
   *
   * @param dreams the kept dream, which is written, checked, or neither
   */
  ChunkOutput(Segment segment, ChunkFiles files, KeptChunk dreams) {
    this.segment = segment;
    this.files = files;
    this.dreams = dreams;
  }

  /** Reads the kept dream of the next frame; see {@link KeptChunk#read}. */
  ShotReplay.Earlier kept(long pts, Image source) {
    return dreams.read(pts, source);
  }

  void write(FrameDreamer.Dreamed frame) {
    files.write(frame.viewed(), frame.dream(), frame.strength());
    dreams.write(frame.dreamed());
    measures.add(frame.measures());
    counts = counts.plus(counts(frame.viewed().source(), frame.dream()));
  }

  private FrameCounts counts(Frame frame, Dream dream) {
    boolean counts = segment.counts(frame.pts());
    return new FrameCounts(
        0,
        counts ? 1 : 0,
        counts && frame.corrupt() ? 1 : 0,
        counts && frame.origin().resized() ? 1 : 0,
        counts && frame.origin().hdr10Plus() ? 1 : 0,
        dream.steps(),
        dream.zeroSteps());
  }

  /** Publishes the dream first: a finished chunk of the result has its piece. */
  void publish() throws IOException {
    dreams.finish();
    files.publish();
  }

  /**
   * Returns the result of the chunks before together with this one, which was published.
   *
   * @param times of the work since then
   */
  SegmentResult after(SegmentResult before, Times times) {
    return before.plus(
        files.bodies(),
        files.packets(),
        files.sides(),
        counts.plus(FrameCounts.written(files.frames())),
        measures,
        times);
  }

  @Override
  public void close() {
    try (files;
        dreams) {
      // Closes both, even if one fails.
    }
  }
}
