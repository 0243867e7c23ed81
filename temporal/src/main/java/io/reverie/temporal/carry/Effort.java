package io.reverie.temporal.carry;

/** The number of ascent steps in which a carried frame regains its strength. */
public enum Effort {
  /** Steps of normal length. */
  BEST(1),
  /** Steps of double length, in about two thirds of the time. */
  FAST(2);

  private final int largestStep;

  Effort(int largestStep) {
    this.largestStep = largestStep;
  }

  /** Returns the largest mean step length, in normal steps. */
  int largestStep() {
    return largestStep;
  }
}
