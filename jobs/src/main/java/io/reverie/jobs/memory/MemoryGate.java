package io.reverie.jobs.memory;

import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import org.apache.spark.TaskContext;

/**
 * The memory of a process, shared by its tasks: those whose pictures do not fit at once wait for
 * each other, in the order of their coming. Nothing that has room may ask for more, lest two wait
 * for each other.
 */
public final class MemoryGate {

  private static final MemoryGate HERE = new MemoryGate(ProcessMemory.ofThisProcess());
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

  /** Something to do. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /** The room of this process. */
  public static MemoryGate here() {
    return HERE;
  }

  /**
   * Does something as soon as there is room for it.
   *
   * @param need of which what is more than there is at all counts as all
   */
  public <T> T during(MemoryNeed need, Work<T> work) throws IOException {
    int ofHeap = Math.min(heapUnits, units(need.heap()));
    int ofAll = Math.min(allUnits, units(need.heap() + need.other()));
    acquire(heap, ofHeap);
    try {
      acquire(all, ofAll);
      try {
        return work.run();
      } finally {
        all.release(ofAll);
      }
    } finally {
      heap.release(ofHeap);
    }
  }

  private static int units(double bytes) {
    return (int) Math.max(1, Math.min(1 << 30, bytes / UNIT));
  }

  private static void acquire(Semaphore some, int units) throws IOException {
    try {
      some.acquire(units);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      TaskContext task = TaskContext.get();
      if (task != null) {
        task.killTaskIfInterrupted();
      }
      throw new InterruptedIOException("interrupted while it waited for memory");
    }
  }
}
