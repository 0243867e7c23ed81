package io.reverie.temporal.carry;

/** How many ascent steps a carried frame takes to regain what it lost. */
public enum Effort {
  /** Single steps. */
  BEST(1),
  /** Steps of twice the size, in about two thirds of the time. */
  FAST(2);

  private final int largestStep;

  Effort(int largestStep) {
    this.largestStep = largestStep;
  }

  /** How many plain steps one step may be worth, on average. */
  int largestStep() {
    return largestStep;
  }
}
