package io.reverie.jobs.video.record;

import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.report.MeasureDigest;
import io.reverie.temporal.measure.StageTimer.Times;
import java.io.Serializable;
import java.util.Optional;

/**
 * What a task returns to the driver about a segment or a seam, of the same size however many frames
 * it has. A failure is a value, since a task that throws four times aborts the whole job.
 *
 * @param seam whether this is the seam after the segment of this number
 * @param number of the segment
 * @param times by stage
 * @param failure the error message; empty on success
 * @param digest of the measures, for a report
 */
public record SegmentEnd(
    boolean seam, int number, FrameCounts counts, Times times, String failure, MeasureDigest digest)
    implements Serializable {

  /** The end of a segment or seam that was recorded. */
  public static SegmentEnd of(SegmentResult result, MeasureDigest digest) {
    return new SegmentEnd(
        result.seam(), result.number(), result.counts(), result.times(), "", digest);
  }

  public static SegmentEnd failed(boolean seam, int number, String failure) {
    return new SegmentEnd(seam, number, FrameCounts.NONE, Times.NONE, failure, MeasureDigest.NONE);
  }

  /**
   * How its task ended, for logs and metrics.
   *
   * @param kept whether an earlier run or attempt made it
   */
  public Piece.End piece(boolean kept) {
    return new Piece.End(counts.frames(), kept, failure);
  }

  /** The error message of a failure. */
  public Optional<String> problem() {
    return Optional.of(failure).filter(message -> !message.isEmpty());
  }
}
