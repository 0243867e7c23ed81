package io.reverie.video;

import java.io.Serializable;

/**
 * How a video ends.
 *
 * @param last how long the last frame is shown, in the stream's time base; 0 if the file does not
 *     say
 * @param plays how often an animation is played; 0 for endlessly, and for videos, which do not
 *     state it
 */
public record Playback(long last, int plays) implements Serializable {

  /** The playback of a video that states neither. */
  public static final Playback UNSTATED = new Playback(0, 0);

  public Playback {
    if (last < 0 || plays < 0) {
      throw new IllegalArgumentException(
          "a last frame of %d ticks, played %d times".formatted(last, plays));
    }
  }
}
