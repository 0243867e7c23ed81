package io.reverie.video;

import java.io.Serializable;

/**
 * A half-open range of presentation times, {@code from <= pts < to}, in a stream's time base.
 *
 * @param from first time inside; {@code Long.MIN_VALUE} for the start of the video
 * @param to first time after it; {@code Long.MAX_VALUE} for the end of the video
 */
public record PtsRange(long from, long to) implements Serializable {

  public static final PtsRange ALL = new PtsRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public PtsRange {
    if (from >= to) {
      throw new IllegalArgumentException("empty time range: %d..%d".formatted(from, to));
    }
  }

  public boolean contains(long pts) {
    return pts >= from && pts < to;
  }

  /** Returns whether all of another range is inside. */
  public boolean contains(PtsRange other) {
    return other.from >= from && other.to <= to;
  }
}
