package io.reverie.jobs.chain;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/**
 * The order in which chains start. Half of them start in the order of the items, so that the first
 * results come early, and half by size, the largest first, so that no large one starts last. At the
 * end, when every chain that waits is the last of its slot, all start by size. Thread-safe.
 */
final class ChainQueue {

  private final Deque<Integer> inOrder = new ArrayDeque<>();
  private final PriorityQueue<Integer> bySize;
  private final boolean[] started;
  private int waiting;
  private boolean largest;

  /**
   * Creates a queue of all items.
   *
   * @param sizes of the items, in any unit
   */
  ChainQueue(long[] sizes) {
    this.started = new boolean[sizes.length];
    this.waiting = sizes.length;
    this.bySize =
        new PriorityQueue<>(
            Comparator.comparingLong((Integer i) -> -sizes[i])
                .thenComparing(Comparator.naturalOrder()));
    for (int i = 0; i < sizes.length; i++) {
      inOrder.add(i);
      bySize.add(i);
    }
  }

  /**
   * The item whose chain starts next; empty after the last.
   *
   * @param atOnce number of chains that run at once
   */
  synchronized OptionalInt next(int atOnce) {
    if (waiting == 0) {
      return OptionalInt.empty();
    }
    boolean bySizeNow = largest || waiting <= atOnce;
    largest = !largest;
    int next = bySizeNow ? bySize.remove() : inOrder.remove();
    while (started[next]) {
      next = bySizeNow ? bySize.remove() : inOrder.remove();
    }
    started[next] = true;
    waiting--;
    return OptionalInt.of(next);
  }
}
