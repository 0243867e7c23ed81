package io.reverie.jobs.kept;

import io.reverie.core.dream.Dream;

/**
 * The dream of one frame.
 *
 * @param pts of the frame; 0 for a still
 * @param dream at the size of the ascent
 * @param iterations steps per octave
 * @param alone whether it was dreamed without a previous frame
 */
public record KeptFrame(long pts, Dream dream, int iterations, boolean alone) {
  public KeptFrame {
    if (iterations < 0) {
      throw new IllegalArgumentException("a frame cannot have %d steps".formatted(iterations));
    }
  }
}
