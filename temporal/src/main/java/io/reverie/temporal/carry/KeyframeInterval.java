package io.reverie.temporal.carry;

/**
 * How far apart the dreamed frames of a shot are. The frames between two of them, the in-betweens,
 * show a mixture of both dreams.
 *
 * @param frames the largest distance, 1 to {@link #MOST}; 1 dreams every frame
 */
public record KeyframeInterval(int frames) {

  /** Largest distance; this many frames are kept in memory until the next keyframe. */
  public static final int MOST = 8;

  /** Dreams every frame. */
  public static final KeyframeInterval EVERY_FRAME = new KeyframeInterval(1);

  /** The distance with the least flicker at full strength, by measurement. */
  public static final KeyframeInterval AUTO = new KeyframeInterval(4);

  public KeyframeInterval {
    if (frames < 1 || frames > MOST) {
      throw new IllegalArgumentException(
          "keyframes must be 1 to %d frames apart, not %d".formatted(MOST, frames));
    }
  }
}
