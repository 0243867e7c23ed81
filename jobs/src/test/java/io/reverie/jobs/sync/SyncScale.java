package io.reverie.jobs.sync;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures plans of many inputs: a program, not a test. Its arguments are a folder to work in,
 * which it fills, and numbers of inputs; CONTRIBUTING.md has the command.
 */
final class SyncScale {

  private static final AtomicLong LIVE = new AtomicLong();

  private SyncScale() {}

  public static void main(String[] args) throws IOException {
    watchHeap();
    try (JavaSparkContext spark = SyncWorld.spark(Map.of())) {
      System.out.println("  inputs  state         seconds   CPU seconds  live heap MB");
      for (int i = 1; i < args.length; i++) {
        measure(spark, Path.of(args[0], args[i]), Integer.parseInt(args[i]));
      }
    }
  }

  private static void measure(JavaSparkContext spark, Path folder, int count) throws IOException {
    SyncWorld world = SyncWorld.of(spark, new Location(folder.toString()));
    Files.createDirectories(folder.resolve("out/.reverie/sync/done"));
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve("in/%03d/image-%07d.png".formatted(i / 1000, i));
      if (i % 1000 == 0) {
        Files.createDirectories(file.getParent());
        Files.createDirectories(folder.resolve("out/%03d".formatted(i / 1000)));
      }
      Files.createFile(file);
    }
    row(world, count, "all due", ItemState.DUE);
    // Results and records as a run would leave them, without the cost of dreams.
    try (SyncPlan plan = world.plan(world.rules())) {
      Iterator<SyncItem> due = plan.due();
      while (due.hasNext()) {
        SyncItem item = due.next();
        Files.createFile(item.output().path());
        Files.createFile(world.ledger().location(RecordName.done(item.key())).path());
      }
    }
    row(world, count, "all done", ItemState.DONE);
  }

  private static void row(SyncWorld world, int count, String name, ItemState expected) {
    System.gc();
    LIVE.set(0);
    long start = System.nanoTime();
    long cpuStart = cpuTime();
    long taken = 0;
    try (SyncPlan plan = world.plan(world.rules())) {
      if (plan.count(expected) != count) {
        throw new IllegalStateException(plan.count(expected) + " " + expected);
      }
      Iterator<SyncItem> due = plan.due();
      while (due.hasNext()) {
        due.next();
        taken++;
      }
      taken += plan.suspects().size();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (cpuTime() - cpuStart) / 1e9;
    if (taken != (expected == ItemState.DUE ? count : 0)) {
      throw new IllegalStateException("taken: " + taken);
    }
    System.gc();
    System.out.printf(
        "%8d  %-12s %8.1f %13.1f %13.0f%n", count, name, seconds, cpuSeconds, LIVE.get() / 1e6);
  }

  /** CPU time in nanoseconds, independent of what other programs do. */
  private static long cpuTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Records the largest heap after a garbage collection: the live objects. */
  private static void watchHeap() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener(
              (notification, handback) ->
                  LIVE.accumulateAndGet(
                      GarbageCollectionNotificationInfo.from(
                              (CompositeData) notification.getUserData())
                          .getGcInfo()
                          .getMemoryUsageAfterGc()
                          .entrySet()
                          .stream()
                          .filter(pool -> pool.getKey().matches(".*(Eden|Surv|Old|Tenured).*"))
                          .mapToLong(pool -> pool.getValue().getUsed())
                          .sum(),
                      Math::max),
              n -> true,
              null);
    }
  }
}
