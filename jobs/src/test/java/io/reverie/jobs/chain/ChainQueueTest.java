package io.reverie.jobs.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChainQueueTest {

  private static List<Integer> order(int atOnce, long... sizes) {
    ChainQueue queue = new ChainQueue(sizes);
    List<Integer> order = new ArrayList<>();
    for (OptionalInt next = queue.next(atOnce); next.isPresent(); next = queue.next(atOnce)) {
      order.add(next.getAsInt());
    }
    return order;
  }

  @Test
  void theFirstAndTheLargestTakeTurns() {
    assertThat(order(1, 1, 5, 2, 9, 3)).containsExactly(0, 3, 1, 4, 2);
  }

  @Test
  void theLastOfAllSlotsStartBySize() {
    assertThat(order(3, 4, 1, 9, 2, 3)).containsExactly(0, 2, 4, 3, 1);
    assertThat(order(8, 1, 3, 2)).containsExactly(1, 2, 0);
  }

  @Test
  void equalVideosStartInTheirOrder() {
    assertThat(order(2, 7, 7, 7, 7, 7)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void everyItemStartsOnce() {
    long[] sizes = LongStream.range(0, 1000).map(i -> (i * 7919) % 101).toArray();
    assertThat(order(4, sizes)).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void nothingStartsWithoutItems() {
    assertThat(order(1)).isEmpty();
  }
}
