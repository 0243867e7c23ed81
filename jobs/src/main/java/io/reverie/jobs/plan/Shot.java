package io.reverie.jobs.plan;

import io.reverie.video.PtsRange;
import java.io.Serializable;

/**
 * The frames between two cuts; dreams are carried only within a shot.
 *
 * @param number from 0, in order of time
 * @param range of presentation times, half-open
 * @param frames number of frames in the range, at least 1
 */
public record Shot(int number, PtsRange range, int frames) implements Serializable {

  public Shot {
    if (number < 0 || frames < 1) {
      throw new IllegalArgumentException("shot %d has %d frames".formatted(number, frames));
    }
  }
}
