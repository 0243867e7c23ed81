package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * A part of a segment that is encoded separately: once stored, it is not dreamed again when the
 * task is retried.
 *
 * @param number from 0 in each segment
 * @param range of the frames to dream
 * @param frames number of frames in the range, at least 1
 */
public record Chunk(int number, PtsRange range, int frames) implements Serializable {

  public Chunk {
    if (number < 0 || frames < 1) {
      throw new IllegalArgumentException("chunk %d has %d frames".formatted(number, frames));
    }
  }
}
