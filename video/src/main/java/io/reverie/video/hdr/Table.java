package io.reverie.video.hdr;

import java.util.function.DoubleUnaryOperator;

/**
 * A lookup table of a function on 0..1, interpolated linearly: computing powers takes longer than a
 * step of a dream.
 */
final class Table {

  private static final int STEPS = 1 << 16;

  private final double[] values = new double[STEPS + 2];

  Table(DoubleUnaryOperator function) {
    for (int i = 0; i <= STEPS; i++) {
      values[i] = function.applyAsDouble((double) i / STEPS);
    }
    values[STEPS + 1] = values[STEPS];
  }

  /** Returns the function's value; arguments outside 0..1 count as the nearest end. */
  double at(double x) {
    double position = Math.max(0, Math.min(1, x)) * STEPS;
    int below = (int) position;
    return values[below] + (position - below) * (values[below + 1] - values[below]);
  }
}
