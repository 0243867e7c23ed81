package io.reverie.video.series;

/**
 * The position of a frame in its video.
 *
 * @param position index of the frame, from 0
 * @param number file number of a still, or 1-based number of a video frame
 * @param seconds time since the first frame
 */
public record FramePosition(int position, long number, double seconds) {

  /** The position of a still and of a video's first frame. */
  public static final FramePosition BEGINNING = new FramePosition(0, 1, 0);

  public FramePosition {
    if (position < 0 || number < 0 || !(seconds >= 0)) {
      throw new IllegalArgumentException(
          "no frame is at position %d, number %d, %s s".formatted(position, number, seconds));
    }
  }
}
