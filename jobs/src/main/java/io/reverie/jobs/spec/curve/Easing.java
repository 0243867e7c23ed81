package io.reverie.jobs.spec.curve;

/** How a value moves from the previous keyframe to the next. */
enum Easing {
  /** Stays, then jumps at the next keyframe. */
  HOLD,
  /** At constant speed. */
  LINEAR,
  /** Slow at both ends: {@code 3u² - 2u³}. */
  SMOOTH;

  /**
   * The fraction of the change that is complete.
   *
   * @param u the fraction of the time that has passed, from 0 to below 1
   */
  double of(double u) {
    return switch (this) {
      case HOLD -> 0;
      case LINEAR -> u;
      case SMOOTH -> u * u * (3 - 2 * u);
    };
  }
}
