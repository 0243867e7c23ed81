package io.reverie.jobs;

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
record Tally(int frames, int seen, int corrupt, long steps, long zeroSteps)
    implements Serializable {

  static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        frames + other.frames,
        seen + other.seen,
        corrupt + other.corrupt,
        steps + other.steps,
        zeroSteps + other.zeroSteps);
  }
}
