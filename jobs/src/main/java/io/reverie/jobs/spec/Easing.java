package io.reverie.jobs.spec;

/** How a value moves from the keyframe before to its own. */
public enum Easing {
  /** It stays until the keyframe's time, and jumps. */
  HOLD,
  /** Evenly. */
  LINEAR,
  /** Slow at both ends: {@code 3 u^2 - 2 u^3}. */
  SMOOTH;

  /**
   * The share of the way.
   *
   * @param u the share of the time, from 0 to below 1
   */
  double of(double u) {
    return switch (this) {
      case HOLD -> 0;
      case LINEAR -> u;
      case SMOOTH -> u * u * (3 - 2 * u);
    };
  }
}
