package io.reverie.jobs.forecast;

import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;

/**
 * Where a job runs.
 *
 * @param executors number of processes that dream, at least 1
 * @param cores that each of them uses, at least 1
 * @param memory of each of them
 */
public record Cluster(int executors, int cores, ProcessMemory memory) {

  public Cluster {
    if (executors < 1 || cores < 1) {
      throw new IllegalArgumentException(
          "a cluster cannot have %d executors with %d cores".formatted(executors, cores));
    }
  }

  Cluster with(int others) {
    return new Cluster(others, cores, memory);
  }

  /** The number of tasks that one executor runs at once; a task that does not fit waits. */
  int slots(MemoryNeed task) {
    double byHeap = memory.heap() / Math.max(1, task.heap());
    double byAll = memory.all() / Math.max(1, task.heap() + task.other());
    return (int) Math.max(1, Math.min(cores, Math.min(byHeap, byAll)));
  }
}
