package io.reverie.jobs.video;

import java.io.Serializable;

/**
 * Counters of a segment or a seam.
 *
 * @param frames written to the result
 * @param seen frames of the source that count here
 * @param corrupt damaged or missing frames among them
 * @param steps of gradient ascent
 * @param zeroSteps steps whose gradient was zero
 */
record FrameCounts(int frames, int seen, int corrupt, long steps, long zeroSteps)
    implements Serializable {

  static final FrameCounts NONE = new FrameCounts(0, 0, 0, 0, 0);

  FrameCounts plus(FrameCounts other) {
    return new FrameCounts(
        frames + other.frames,
        seen + other.seen,
        corrupt + other.corrupt,
        steps + other.steps,
        zeroSteps + other.zeroSteps);
  }
}
