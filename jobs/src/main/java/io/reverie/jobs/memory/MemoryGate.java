package io.reverie.jobs.memory;

import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.apache.spark.TaskContext;

/**
 * Shares the memory of a process among its tasks: a task whose images do not fit waits for others,
 * first come, first served. A task that holds memory must not ask for more, or two tasks could wait
 * for each other.
 */
public final class MemoryGate {

  private static final MemoryGate THIS_PROCESS = new MemoryGate(ProcessMemory.ofThisProcess());
  private static final double UNIT = 0x1p20;

  private final int heapUnits;
  private final int allUnits;
  private final Semaphore heap;
  private final Semaphore all;

  MemoryGate(ProcessMemory memory) {
    this.heapUnits = units(memory.heap());
    this.allUnits = units(memory.all());
    this.heap = new Semaphore(heapUnits, true);
    this.all = new Semaphore(allUnits, true);
  }

  public interface Work<T> {
    T run() throws IOException;
  }

  /** The gate of this process. */
  public static MemoryGate forThisProcess() {
    return THIS_PROCESS;
  }

  /**
   * Runs the work as soon as enough memory is free.
   *
   * @param need capped at the memory of the process
   */
  public <T> T during(MemoryNeed need, Work<T> work) throws IOException {
    int heapNeeded = Math.min(heapUnits, units(need.heap()));
    int allNeeded = Math.min(allUnits, units(need.heap() + need.other()));
    acquire(heap, heapNeeded);
    try {
      acquire(all, allNeeded);
      try {
        return work.run();
      } finally {
        all.release(allNeeded);
      }
    } finally {
      heap.release(heapNeeded);
    }
  }

  private static int units(double bytes) {
    return (int) Math.max(1, Math.min(1 << 30, bytes / UNIT));
  }

  private static void acquire(Semaphore permits, int units) throws IOException {
    try {
      permits.acquire(units);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      TaskContext task = TaskContext.get();
      if (task != null) {
        task.killTaskIfInterrupted();
      }
      throw new InterruptedIOException("interrupted while waiting for memory");
    }
  }
}
