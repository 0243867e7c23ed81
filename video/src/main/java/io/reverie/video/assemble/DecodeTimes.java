package io.reverie.video.assemble;

import java.util.Arrays;

/**
 * Decoding times of a stream that was encoded in segments. With S the sorted presentation times and
 * D the largest reordering delay, dts_i = S[i - D]; earlier ones step back from S[0].
 */
final class DecodeTimes {

  private final long[] pts;
  private final long[] sorted;
  private final int delay;
  private final long step;
  private final long last;

  /**
   * Computes the times.
   *
   * @param pts in packet order; not copied
   * @param step usual time between frames
   * @param last how long the last frame is shown
   */
  DecodeTimes(long[] pts, long step, long last) {
    this.pts = pts;
    this.sorted = pts.clone();
    Arrays.sort(sorted);
    this.step = step;
    this.last = last;
    int largest = 0;
    for (int i = 0; i < pts.length; i++) {
      largest = Math.max(largest, i - Arrays.binarySearch(sorted, pts[i]));
    }
    this.delay = largest;
  }

  int count() {
    return pts.length;
  }

  /** Returns whether the i-th packet has this pts. */
  boolean has(int i, long time) {
    return i < pts.length && pts[i] == time;
  }

  /** Returns the time from the dts of the i-th packet to its pts. */
  long delay(int i) {
    return pts[i] - dts(i);
  }

  /** Returns the dts of the i-th packet. */
  long dts(int i) {
    return i >= delay ? sorted[i - delay] : sorted[0] - (delay - i) * step;
  }

  /** Returns the time until the next frame; for the last frame its own duration. */
  long duration(long pts) {
    int at = Arrays.binarySearch(sorted, pts);
    return at + 1 < sorted.length ? sorted[at + 1] - pts : last;
  }

  /** Returns how long the last frame is shown. */
  long last() {
    return last;
  }

  long first() {
    return sorted[0];
  }

  /** Returns the time between the first and the last pts. */
  long length() {
    return sorted[sorted.length - 1] - sorted[0];
  }
}
