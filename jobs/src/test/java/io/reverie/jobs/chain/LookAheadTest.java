package io.reverie.jobs.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookAheadTest {

  private static List<Integer> items(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** The barrier opens only if so many are read at once. */
  @Test
  void severalAreReadAtOnceAndTakenInOrder() {
    CyclicBarrier together = new CyclicBarrier(16);
    List<Integer> taken = new ArrayList<>();
    try (LookAhead<Integer, Integer> ahead =
        new LookAhead<>(
            items(64),
            item -> {
              together.await(60, TimeUnit.SECONDS);
              return item * item;
            })) {
      for (int i = 0; i < 64; i++) {
        taken.add(ahead.next());
      }
    }
    assertThat(taken).isEqualTo(items(64).stream().map(item -> item * item).toList());
  }

  @Test
  void noMoreIsReadThanIsAhead() {
    AtomicInteger begun = new AtomicInteger();
    try (LookAhead<Integer, Integer> ahead =
        new LookAhead<>(items(1000), item -> begun.incrementAndGet())) {
      assertThat(ahead.next()).isPositive();
      assertThat(begun.get()).isLessThanOrEqualTo(17);
    }
  }

  @Test
  void whatAnItemThrowsIsThrownInItsTurn() {
    IOException lost = new IOException("lost");
    try (LookAhead<Integer, Integer> ahead =
        new LookAhead<>(
            items(3),
            item -> {
              if (item == 1) {
                throw lost;
              }
              return item;
            })) {
      assertThat(ahead.next()).isZero();
      assertThatThrownBy(ahead::next).isSameAs(lost);
      assertThat(ahead.next()).isEqualTo(2);
    }
  }
}
