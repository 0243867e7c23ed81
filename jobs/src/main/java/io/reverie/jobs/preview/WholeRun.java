package io.reverie.jobs.preview;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.temporal.carry.TemporalMode;

/**
 * The work for a whole input, measured in dreams of one picture.
 *
 * @param dreams that take as long as all of it
 * @param parallel number of tasks that it can be divided into
 */
record WholeRun(double dreams, int parallel) {

  /** Typical share of the ascent that a carried frame needs; at least one step. */
  private static final double CARRIED = 0.15;

  WholeRun {
    if (!(dreams > 0) || parallel < 1) {
      throw new IllegalArgumentException(
          "%s dreams cannot run in %d tasks".formatted(dreams, parallel));
    }
  }

  static WholeRun ofStill() {
    return new WholeRun(1, 1);
  }

  static WholeRun ofVideo(int frames, int segments, PipelineSpec spec) {
    double carried =
        spec.video().temporal() == TemporalMode.CARRY
            ? Math.max(CARRIED, 1.0 / Math.max(1, spec.iterations()))
            : 1;
    return new WholeRun(segments + (frames - segments) * carried, segments);
  }

  /**
   * Returns the wall time of the whole run.
   *
   * @param dream seconds for one picture at the size that the whole is dreamed at
   * @param slots tasks that run at once
   */
  double seconds(double dream, int slots) {
    return dreams * dream / Math.max(1, Math.min(slots, parallel));
  }
}
