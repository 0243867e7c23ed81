package io.reverie.video.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The memory available to the images of one process. Depends on limits and not on current usage, so
 * a rejected image is rejected on every run.
 *
 * @param heap bytes of the Java heap
 * @param all bytes of the heap and native memory together
 */
public record ProcessMemory(double heap, double all) {

  private static final double MIB = 0x1p20;
  private static final double GIB = 0x1p30;

  /** Heap used by Spark, classes and other objects. */
  private static final double HEAP_TAKEN = 128 * MIB;

  /** Share of the heap that large arrays can fill despite fragmentation. */
  private static final double HEAP_FILLED = 0.9;

  /** Native memory of the JVM, libraries and weights. */
  private static final double ALL_TAKEN = 384 * MIB;

  /** JavaCPP's default limit: the process may use this multiple of the heap. */
  private static final double LARGEST_RATIO = 4;

  private static final ProcessMemory THIS_PROCESS = measured();

  public ProcessMemory {
    if (!(heap >= 0 && all >= 0)) {
      throw new IllegalArgumentException(
          "a process cannot have %s bytes of heap and %s bytes in all".formatted(heap, all));
    }
  }

  public static ProcessMemory ofThisProcess() {
    return THIS_PROCESS;
  }

  private static ProcessMemory measured() {
    double heap = Runtime.getRuntime().maxMemory();
    double machine =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    return of(heap, machine);
  }

  static ProcessMemory of(double heap, double machine) {
    return new ProcessMemory(
        Math.max(0, heap - HEAP_TAKEN) * HEAP_FILLED,
        Math.max(0, Math.min(machine, LARGEST_RATIO * heap) - ALL_TAKEN));
  }

  /** Returns the shortage and its remedy as part of a sentence; empty if memory suffices. */
  public Optional<String> shortage(MemoryNeed need) {
    if (need.heap() > heap) {
      return Optional.of(
          "needs about %s of Java heap, but %s is available; set REVERIE_MEMORY=%.0fg (on a cluster spark.executor.memory)"
              .formatted(
                  size(need.heap()),
                  size(heap),
                  Math.ceil((need.heap() / HEAP_FILLED + HEAP_TAKEN) / GIB)));
    }
    double whole = need.heap() + need.other();
    return whole > all
        ? Optional.of(
            "needs about %s of memory, but %s is available; use a machine with more (on a cluster set spark.executor.memoryOverhead)"
                .formatted(size(whole), size(all)))
        : Optional.empty();
  }

  private static String size(double bytes) {
    return bytes < GIB ? "%.0f MiB".formatted(bytes / MIB) : "%.1f GiB".formatted(bytes / GIB);
  }
}
