package io.reverie.video.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The memory that the pictures of one process can have at most. By what there is, not by what is
 * free at the moment, so that an image that is refused is refused at each run.
 *
 * @param heap bytes of the Java heap
 * @param all bytes of the heap and outside of it
 */
public record ProcessMemory(double heap, double all) {

  private static final double MIB = 0x1p20;
  private static final double GIB = 0x1p30;

  /** Spark, the classes and what else lives on the heap. */
  private static final double HEAP_TAKEN = 128 * MIB;

  /** Of the heap, what large arrays can fill: they must fit between others. */
  private static final double HEAP_FILLED = 0.9;

  /** The JVM, libraries and weights. */
  private static final double ALL_TAKEN = 384 * MIB;

  /** The whole process may have so many times its heap: JavaCPP's limit, unless it is told. */
  private static final double LARGEST_RATIO = 4;

  private static final ProcessMemory HERE = here();

  /** Of this process. */
  public static ProcessMemory ofThisProcess() {
    return HERE;
  }

  private static ProcessMemory here() {
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

  /** What is lacking and what gives more, as a part of a sentence; empty if there is enough. */
  public Optional<String> shortage(MemoryNeed need) {
    if (need.heap() > heap) {
      return Optional.of(
          "takes about %s of Java heap, and there is room for %s; give more with REVERIE_MEMORY=%.0fg (on a cluster spark.executor.memory)"
              .formatted(
                  size(need.heap()),
                  size(heap),
                  Math.ceil((need.heap() / HEAP_FILLED + HEAP_TAKEN) / GIB)));
    }
    double whole = need.heap() + need.other();
    return whole > all
        ? Optional.of(
            "takes about %s of memory, and there is room for %s; take a machine with more (on a cluster spark.executor.memoryOverhead)"
                .formatted(size(whole), size(all)))
        : Optional.empty();
  }

  private static String size(double bytes) {
    return bytes < GIB ? "%.0f MiB".formatted(bytes / MIB) : "%.1f GiB".formatted(bytes / GIB);
  }
}
