package io.reverie.video;

import java.io.Serializable;

/**
 * An exact fraction: a time base in seconds, or a rate in frames per second.
 *
 * @param num numerator
 * @param den denominator, at least 1
 */
public record Rational(int num, int den) implements Serializable {

  public Rational {
    if (den < 1) {
      throw new IllegalArgumentException("a fraction needs a positive denominator, not " + den);
    }
  }

  public double toDouble() {
    return (double) num / den;
  }

  /** Returns the reciprocal: the time base of a rate. */
  public Rational inverse() {
    return new Rational(/* num= */ den, /* den= */ num);
  }

  @Override
  public String toString() {
    return num + "/" + den;
  }
}
