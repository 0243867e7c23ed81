package io.reverie.jobs.forecast;

import java.util.Collection;
import java.util.PriorityQueue;

/** Computes the time for tasks that share slots. */
final class TaskPacking {

  private TaskPacking() {}

  /**
   * Returns the seconds until the last task ends, if each starts as soon as a slot is free, as
   * Spark starts them.
   *
   * @param tasks seconds of each, in the order in which they start
   * @param slots number of tasks at once, at least 1
   */
  static double secondsOf(Collection<Double> tasks, int slots) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    double last = 0;
    for (double task : tasks) {
      double begins = free.size() < slots ? 0 : free.remove();
      double ends = begins + task;
      free.add(ends);
      last = Math.max(last, ends);
    }
    return last;
  }
}
