package io.reverie.core.dream;

import io.reverie.core.Size;

/** Follows a dream step by step, and may cancel it. */
@FunctionalInterface
public interface DreamListener {

  /** Never cancels. */
  DreamListener NONE = progress -> true;

  /**
   * Called after each gradient step, on the thread that dreams.
   *
   * @return false to cancel: the dream ends with a {@link
   *     java.util.concurrent.CancellationException}
   */
  boolean afterStep(Progress progress);

  /**
   * How far a dream is.
   *
   * @param octave the current one, from 1, the smallest
   * @param octaves how many octaves the dream has
   * @param size of the current octave
   * @param iteration the step that was made at this octave, from 1
   * @param iterations how many steps this octave takes
   * @param done the finished share of the work, 0 to 1; the cost of a step is its number of pixels
   */
  record Progress(int octave, int octaves, Size size, int iteration, int iterations, double done) {
    public Progress {
      if (octave < 1 || octave > octaves || iteration < 1 || iteration > iterations) {
        throw new IllegalArgumentException(
            "step %d of %d at octave %d of %d".formatted(iteration, iterations, octave, octaves));
      }
      if (!(done >= 0 && done <= 1)) {
        throw new IllegalArgumentException("a share of %s is not from 0 to 1".formatted(done));
      }
    }
  }
}
