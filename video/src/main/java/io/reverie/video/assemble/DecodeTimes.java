package io.reverie.video.assemble;

import java.util.Arrays;

/**
 * Decoding times of a stream that was encoded in segments. With S the sorted presentation times and
 * D the largest reordering delay, dts_i = S[i - D]; earlier ones step back from S[0].
 */
final class DecodeTimes {

  private final long[] sorted;
  private final int delay;
  private final long step;
  private final long last;

  /**
   * Computes the times.
   *
   * @param pts in packet order
   * @param step usual time between frames
   * @param last how long the last frame is shown
   */
  DecodeTimes(long[] pts, long step, long last) {
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
