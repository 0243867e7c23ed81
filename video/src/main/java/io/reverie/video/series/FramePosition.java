package io.reverie.video.series;

/**
 * The place of a frame in its video.
 *
 * @param position among the frames, from 0
 * @param number as its file is numbered; of a video's frames, counted from 1
 * @param seconds since the first frame
 */
public record FramePosition(int position, long number, double seconds) {

  /** Of a still, and of a video's first frame. */
  public static final FramePosition BEGINNING = new FramePosition(0, 1, 0);
}
