package io.reverie.jobs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryGateTest {

  private static final double MIB = 0x1p20;

  private final MemoryGate gate = new MemoryGate(new ProcessMemory(100 * MIB, 200 * MIB));
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger maximum = new AtomicInteger();

  private int maximumAtOnce(MemoryNeed need) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 32; i++) {
      threads.execute(() -> work(need));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    return maximum.get();
  }

  private void work(MemoryNeed need) {
    try {
      gate.during(
          need,
          () -> {
            maximum.accumulateAndGet(running.incrementAndGet(), Math::max);
            return running.decrementAndGet();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tasksNeverExceedTheHeap() throws InterruptedException {
    assertThat(maximumAtOnce(new MemoryNeed(60 * MIB, 0))).isEqualTo(1);
  }

  @Test
  void tasksNeverExceedTheProcess() throws InterruptedException {
    assertThat(maximumAtOnce(new MemoryNeed(10 * MIB, 60 * MIB))).isBetween(1, 2);
  }

  @Test
  void aTaskLargerThanTheProcessRunsAlone() throws InterruptedException {
    assertThat(maximumAtOnce(new MemoryNeed(1e15, 1e15))).isEqualTo(1);
  }

  @Test
  void anErrorReleasesTheMemory() throws IOException {
    MemoryNeed all = new MemoryNeed(100 * MIB, 100 * MIB);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  gate.during(
                      all,
                      () -> {
                        throw new OutOfMemoryError("Java heap space");
                      }))
          .isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(gate.<Integer>during(all, () -> 7)).isEqualTo(7);
  }
}
