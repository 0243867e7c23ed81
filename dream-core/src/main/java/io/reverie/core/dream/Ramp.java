package io.reverie.core.dream;

import io.reverie.core.DreamException;

/**
 * A value that moves evenly over the iterations of an octave.
 *
 * @param from of the first iteration
 * @param to of the last
 */
public record Ramp(double from, double to) {

  /** The same at every iteration. */
  public static Ramp of(double value) {
    return new Ramp(value, value);
  }

  /** Over an octave. */
  public double mean() {
    return (from + to) / 2;
  }

  double at(int iteration, int iterations) {
    return iterations < 2 ? from : from + (to - from) * iteration / (iterations - 1);
  }

  void requireBetween(String name, double least, double most) {
    for (double value : new double[] {from, to}) {
      if (!(value >= least && value <= most)) {
        throw new DreamException(
            "%s must be from %s to %s, not %s".formatted(name, plain(least), plain(most), value));
      }
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
