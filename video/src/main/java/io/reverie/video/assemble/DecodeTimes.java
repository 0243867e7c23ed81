package io.reverie.video.assemble;

import java.util.Arrays;

/**
 * Decoding times over a whole stream that was encoded in pieces: with S the sorted pts and D the
 * largest lag of a packet behind its place in S, dts_i = S[i - D], and before that steps back from
 * S[0].
 */
final class DecodeTimes {

  private final long[] sorted;
  private final int delay;
  private final long step;

  /**
   * Computes the times.
   *
   * @param pts in the order of the packets
   * @param step the usual time between frames
   */
  DecodeTimes(long[] pts, long step) {
    this.sorted = pts.clone();
    Arrays.sort(sorted);
    this.step = step;
    int largest = 0;
    for (int i = 0; i < pts.length; i++) {
      largest = Math.max(largest, i - Arrays.binarySearch(sorted, pts[i]));
    }
    this.delay = largest;
  }

  /** The dts of the i-th packet. */
  long dts(int i) {
    return i >= delay ? sorted[i - delay] : sorted[0] - (delay - i) * step;
  }

  /** How long a frame is shown: to the next one, the last as long as usual. */
  long duration(long pts) {
    int at = Arrays.binarySearch(sorted, pts);
    return at + 1 < sorted.length ? sorted[at + 1] - pts : step;
  }

  long first() {
    return sorted[0];
  }

  /** From the first frame's begin to the last one's. */
  long length() {
    return sorted[sorted.length - 1] - sorted[0];
  }
}
