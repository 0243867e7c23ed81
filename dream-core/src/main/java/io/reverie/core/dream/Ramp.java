package io.reverie.core.dream;

import io.reverie.core.DreamException;

/**
 * A value that changes linearly over the iterations of an octave.
 *
 * @param from value at the first iteration
 * @param to value at the last iteration
 */
public record Ramp(double from, double to) {

  public static Ramp of(double value) {
    return new Ramp(value, value);
  }

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
