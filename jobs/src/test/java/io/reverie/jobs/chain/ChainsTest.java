package io.reverie.jobs.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainsTest {

  private static final List<Integer> ITEMS = IntStream.range(0, 20).boxed().toList();

  @Test
  void resultsAreInTheOrderOfTheItems() {
    List<Integer> results =
        new Chains(() -> 3, () -> {}).run(ITEMS, item -> (item * 7) % 5, item -> item * item);
    assertThat(results).isEqualTo(ITEMS.stream().map(item -> item * item).toList());
    assertThat(Chains.overlapped(ITEMS, item -> -item))
        .isEqualTo(ITEMS.stream().map(item -> -item).toList());
  }

  /** A barrier of three needs three at once; a fourth would be counted. */
  @Test
  void asManyRunAtOnceAsAllowed() {
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicInteger running = new AtomicInteger();
    Set<Integer> counts = ConcurrentHashMap.newKeySet();
    new Chains(() -> 3, () -> {})
        .run(
            ITEMS.subList(0, 18),
            item -> 1,
            item -> {
              counts.add(running.incrementAndGet());
              together.await(60, TimeUnit.SECONDS);
              running.decrementAndGet();
              // No chain of the next three begins before all of these have left.
              together.await(60, TimeUnit.SECONDS);
              return item;
            });
    assertThat(counts).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void chainsFollowTheExecutors() {
    AtomicInteger slots = new AtomicInteger(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(3);
    List<Integer> late = new CopyOnWriteArrayList<>();
    new Chains(slots::get, () -> {})
        .run(
            ITEMS,
            item -> 1,
            item -> {
              int now = running.incrementAndGet();
              int number = begun.incrementAndGet();
              if (number == 1) {
                // The other two of the barrier can only come now.
                slots.set(3);
              }
              if (number <= 3) {
                together.await(60, TimeUnit.SECONDS);
              } else {
                late.add(now);
              }
              running.decrementAndGet();
              return item;
            });
    assertThat(late).hasSize(17).allMatch(count -> count <= 3);
  }

  @Test
  void chainsOfLostExecutorsEnd() {
    AtomicInteger slots = new AtomicInteger(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    CyclicBarrier together = new CyclicBarrier(3, () -> slots.set(1));
    CountDownLatch lost = new CountDownLatch(3);
    List<Integer> late = new CopyOnWriteArrayList<>();
    new Chains(
            () -> {
              if (slots.get() == 1) {
                lost.countDown();
              }
              return slots.get();
            },
            () -> {})
        .run(
            ITEMS,
            item -> 1,
            item -> {
              int now = running.incrementAndGet();
              if (begun.incrementAndGet() <= 3) {
                together.await(60, TimeUnit.SECONDS);
                assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
              } else {
                late.add(now);
              }
              running.decrementAndGet();
              return item;
            });
    assertThat(late).hasSize(17).containsOnly(1);
  }

  @Test
  void theFirstFailureCancelsTheOthersAndIsTold() {
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    IOException first = new IOException("first");
    assertThatThrownBy(
            () ->
                new Chains(() -> 2, cancelled::countDown)
                    .run(
                        ITEMS,
                        item -> 1,
                        item -> {
                          begun.incrementAndGet();
                          if (item == 0) {
                            throw first;
                          }
                          assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
                          throw new IllegalStateException("follows from the first");
                        }))
        .isSameAs(first);
    assertThat(begun.get()).as("no chain starts after the failure").isLessThanOrEqualTo(2);
  }

  @Test
  void anInterruptCancelsTheChains() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicInteger refused = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              try {
                new Chains(() -> 1, cancelled::countDown)
                    .run(
                        List.of(1),
                        item -> 1,
                        item -> {
                          begun.countDown();
                          return cancelled.await(60, TimeUnit.SECONDS);
                        });
              } catch (UserException e) {
                refused.incrementAndGet();
              }
            });
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join(60_000);
    assertThat(cancelled.getCount()).isZero();
    assertThat(refused.get()).isEqualTo(1);
  }

  @Test
  void moreExecutorsGetMoreChainsWithinBounds() {
    assertThat(Chains.atOnce(1)).isEqualTo(2);
    assertThat(Chains.atOnce(8)).isEqualTo(16);
    assertThat(Chains.atOnce(100_000)).isEqualTo(256);
  }
}
