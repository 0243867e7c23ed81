package io.reverie.jobs.sync;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.MemoryS3;
import io.reverie.jobs.sync.lock.LeasedLock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Counts the requests of plans over a bucket of many images: a program, not a test. Its arguments
 * are a number of milliseconds that each request takes, and numbers of images; CONTRIBUTING.md has
 * the command.
 */
final class BucketScale {

  private BucketScale() {}

  public static void main(String[] args) throws IOException {
    try (MemoryS3 store = new MemoryS3()) {
      String fs = "spark.hadoop.fs.s3a.";
      Map<String, String> settings =
          Map.of(
              fs + "endpoint", store.uri().toString(),
              fs + "endpoint.region", "us-east-1",
              fs + "path.style.access", "true",
              fs + "access.key", "access",
              fs + "secret.key", "secret");
      try (JavaSparkContext spark = SyncWorld.spark(settings)) {
        System.out.println("  images  run                       seconds  requests");
        for (int i = 1; i < args.length; i++) {
          measure(spark, store, Integer.parseInt(args[i]), Integer.parseInt(args[0]));
        }
      }
    }
  }

  private static void measure(JavaSparkContext spark, MemoryS3 store, int count, int latency)
      throws IOException {
    store.slow(Duration.ZERO);
    String root = "scale-" + count;
    for (int i = 0; i < count; i++) {
      store.put("%s/in/image-%08d.png".formatted(root, i), new byte[1]);
    }
    SyncWorld world = SyncWorld.of(spark, new Location("s3a://bucket/" + root));
    // Results and records as a run would leave them, without the cost of dreams.
    try (SyncPlan plan = world.plan(world.rules())) {
      Iterator<SyncItem> due = plan.due();
      while (due.hasNext()) {
        SyncItem item = due.next();
        String out = root + "/out/";
        store.put(out + item.name(), new byte[1]);
        store.put(out + item.name() + ".json", new byte[1]);
        store.put(out + ".reverie/sync/" + RecordName.done(item.key()).name(), new byte[1]);
      }
    }
    store.requests();
    store.slow(Duration.ofMillis(latency));
    run(world, store, count, "first: packs records");
    run(world, store, count, "next: nothing to do");
    run(world, store, count, "next: nothing to do");
  }

  private static void run(SyncWorld world, MemoryS3 store, int count, String name)
      throws IOException {
    long start = System.nanoTime();
    PrintStream err = System.err;
    try (LeasedLock lock = LeasedLock.take(world.ledger().lease(), err::println)) {
      EarlierRuns earlier = world.earlier();
      StatusRules rules = world.rules().trusting(earlier.areTrusted(System.currentTimeMillis()));
      try (SyncPlan plan =
          SyncPlan.of(
              world.spark(),
              new SyncPlan.Sources(world.folders(), rules, earlier, false, List.of()))) {
        if (plan.count(ItemState.DONE) != count) {
          throw new IllegalStateException(plan.count(ItemState.DONE) + " done");
        }
        Packing packing = new Packing(earlier, lock, Packing.MINIMUM);
        packing.pack(plan, rules.trusted() ? 0 : System.currentTimeMillis());
        packing.finish(0);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Long> requests = store.requests();
    System.out.printf(
        "%8d  %-24s %8.1f  %,8d %s%n",
        count,
        name,
        seconds,
        requests.values().stream().mapToLong(Long::longValue).sum(),
        requests);
  }
}
