package io.reverie.jobs.video;

import java.io.Serializable;

/**
 * What was counted while a piece was dreamed.
 *
 * @param frames written for the result
 * @param seen those of the source that count here
 * @param corrupt those of them that are damaged
 * @param steps of gradient ascent made
 * @param zeroSteps those of them that found no gradient
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
