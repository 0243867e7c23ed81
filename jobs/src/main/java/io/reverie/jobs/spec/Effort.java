package io.reverie.jobs.spec;

/** How many steps a carried frame's missing dream is climbed in. */
public enum Effort {
  BEST(1),
  FAST(2);

  private final int largestStep;

  Effort(int largestStep) {
    this.largestStep = largestStep;
  }

  /** How many steps' worth one step may be, on average. */
  public int largestStep() {
    return largestStep;
  }
}
