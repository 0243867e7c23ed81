package io.reverie.jobs.run;

import java.util.Arrays;

/**
 * How many pieces of work make a task: so many that they take as long as Spark's part of a task (5
 * to 15 ms) is not felt, and so few that the last tasks end together.
 *
 * <p>Sizes shrink towards the end in proportion to what is left (guided self-scheduling,
 * Polychronopoulos and Kuck, 1987).
 */
final class GroupSize {

  /** How long a task should take. */
  static final double SECONDS = 0.75;

  /** After so long, a task begins no other piece and hands back what is left. */
  static final double MAX_SECONDS = 2 * SECONDS;

  /** Pieces of a task that are faster than can be measured. */
  private static final int MAX = 500;

  /** Newest pieces whose median counts, so that one slow start does not. */
  private static final int WINDOW = 63;

  private final double[] latest = new double[WINDOW];
  private int measured;

  /** Adds what a piece took. */
  void add(double seconds) {
    latest[measured++ % WINDOW] = seconds;
  }

  /**
   * Returns the number of pieces for the next task: 1 until one was measured.
   *
   * @param left pieces that belong to no task yet
   * @param slots number of tasks at once
   */
  int next(int left, int slots) {
    if (measured == 0) {
      return 1;
    }
    double[] sorted = Arrays.copyOf(latest, Math.min(measured, WINDOW));
    Arrays.sort(sorted);
    int fitting = (int) Math.min(MAX, SECONDS / sorted[sorted.length / 2]);
    return Math.max(1, Math.min(fitting, left / (3 * slots)));
  }
}
