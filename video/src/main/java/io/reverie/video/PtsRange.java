package io.reverie.video;

import java.io.Serializable;

/**
 * A half-open range of presentation times, {@code from <= pts < to}, in a stream's time base.
 *
 * @param from the first time within; {@code Long.MIN_VALUE} for "from the beginning"
 * @param to the first time beyond; {@code Long.MAX_VALUE} for "to the end"
 */
public record PtsRange(long from, long to) implements Serializable {

  public static final PtsRange ALL = new PtsRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public PtsRange {
    if (from >= to) {
      throw new IllegalArgumentException("an empty range of times: %d..%d".formatted(from, to));
    }
  }

  public boolean contains(long pts) {
    return pts >= from && pts < to;
  }
}
