package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * A piece of a video that one task dreams.
 *
 * @param number from 0, in the order of times
 * @param range of presentation times, half-open
 * @param frames how many it holds
 */
public record Segment(int number, PtsRange range, int frames) implements Serializable {

  public Segment {
    if (frames < 1) {
      throw new IllegalArgumentException("segment %d has %d frames".formatted(number, frames));
    }
  }
}
