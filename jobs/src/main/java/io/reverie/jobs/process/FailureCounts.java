package io.reverie.jobs.process;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how the attempts of tasks ended, on the driver. Only Spark knows there whether an attempt
 * failed, or was preempted, decommissioned or the slower of two.
 */
final class FailureCounts {

  /** A task: one partition of one attempt of a stage. */
  record Task(int stage, int stageAttempt, int partition) implements Serializable {}

  private static final class Ends {

    /** Failures that Spark counts towards its limit. */
    private int counted;

    /** Attempts that ended through no fault of the task. */
    private int excused;

    /** Where the last attempt that asked began. */
    private long progress = -1;

    /** Number of failures up to then. */
    private int before;
  }

  private final Map<Task, Ends> ends = new ConcurrentHashMap<>();

  /** Notes the end of an attempt without a result. */
  void ended(Task task, boolean counts) {
    ends.compute(
        task,
        (same, known) -> {
          Ends now = known == null ? new Ends() : known;
          if (counts) {
            now.counted++;
          } else {
            now.excused++;
          }
          return now;
        });
  }

  /** Forgets a stage that has ended. */
  void forget(int stage) {
    ends.keySet().removeIf(task -> task.stage() == stage);
  }

  /**
   * Returns the failures of a task so far. An attempt whose end is not known yet counts as a
   * failure.
   *
   * @param attempt number of the attempt that asks, from 0
   * @param progress of all attempts before, in any unit
   */
  Failures of(Task task, int attempt, long progress) {
    Map<Task, Failures> result = new HashMap<>();
    ends.compute(
        task,
        (same, known) -> {
          Ends now = known == null ? new Ends() : known;
          int failures = Math.max(0, attempt - now.excused);
          if (now.progress >= 0 && progress > now.progress) {
            now.before = failures;
          }
          now.progress = Math.max(progress, now.progress);
          result.put(task, new Failures(failures - now.before, now.counted));
          return now;
        });
    return result.getOrDefault(task, new Failures(attempt, 0));
  }

  /** The number of tasks that are remembered. */
  int size() {
    return ends.size();
  }
}
