package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.results.ResultsFolder;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.sync.input.InputKind;
import io.reverie.jobs.sync.lock.NoLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a run from outside fails none of its items. */
class BatchRunnerIT {

  private static CountDownLatch begun = new CountDownLatch(2);
  private static CountDownLatch released = new CountDownLatch(1);

  @TempDir private Path folder;

  private final Tally tally = new Tally((item, outcome) -> {});
  private JavaSparkContext spark;
  private SyncWorld world;

  @BeforeEach
  void start() throws IOException {
    begun = new CountDownLatch(2);
    released = new CountDownLatch(1);
    spark = SyncWorld.spark(Map.of());
    world = SyncWorld.of(spark, new Location(folder.toString()));
    world.put("a.png", "a");
    world.put("b.png", "b");
  }

  @AfterEach
  void stop() {
    released.countDown();
    spark.stop();
  }

  private BatchRunner runner(ItemDreamer dreamer) {
    SyncRequest request = SyncRequest.of(world.folders().in().text(), world.folders().out().text());
    return new BatchRunner(
        spark.sc(),
        Map.of(InputKind.IMAGE, dreamer),
        world.journal(world.rules()),
        tally,
        new RunLimits(new NoLock(), tally, request, System.nanoTime()),
        new ResultsFolder(spark, world.ledger().table()));
  }

  private static Outcome begin(SyncItem item, Journal journal) throws Exception {
    journal.begin(item);
    begun.countDown();
    released.await();
    return Journal.planned(item, "");
  }

  private void assertNoneFailed() throws IOException {
    assertThat(tally.failed()).isZero();
    assertThat(world.results().keySet()).noneMatch(name -> name.matches(".*/(begun|failed)/.*"));
  }

  @Test
  void anInterruptionCancelsTheTasksAndWithdrawsTheirItems() throws Exception {
    List<SyncItem> items = world.due(world.rules());
    try (BatchRunner batches =
        runner(
            (batch, journal) ->
                spark
                    .parallelize(new ArrayList<>(batch), batch.size())
                    .map(item -> begin(item, journal))
                    .collect())) {
      batches.submit(items);
      begun.await();
      batches.interrupt();
      assertNoneFailed();
      assertThatThrownBy(batches::await).hasMessageContaining("cancelled");
      assertThat(batches.stopped()).isPresent();
    }
    assertNoneFailed();
  }

  @Test
  void theEndOfTheApplicationFailsNoItem() throws Exception {
    List<SyncItem> items = world.due(world.rules());
    try (BatchRunner batches =
        runner(
            (batch, journal) -> {
              for (SyncItem item : batch) {
                journal.begin(item);
              }
              spark.stop();
              throw new IllegalStateException("the master removed the application");
            })) {
      batches.submit(items);
      assertThatThrownBy(batches::await).hasMessageContaining("removed the application");
    }
    assertNoneFailed();
  }
}
