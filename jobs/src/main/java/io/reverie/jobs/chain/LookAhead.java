package io.reverie.jobs.chain;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does something for each item of a list, such as reading its file, a few items ahead of the one
 * who takes the results in order. Not thread-safe.
 */
public final class LookAhead<T, R> implements AutoCloseable {

  /** Items ahead: enough to hide a store's answers, and little memory. */
  private static final int AHEAD = 16;

  private final Iterator<T> items;
  private final Chains.Chain<T, R> step;
  private final ExecutorService threads = Executors.newFixedThreadPool(AHEAD, Chains::thread);
  private final Queue<Future<R>> begun = new ArrayDeque<>();

  public LookAhead(List<T> items, Chains.Chain<T, R> step) {
    this.items = items.iterator();
    this.step = step;
    for (int i = 0; i < AHEAD; i++) {
      begin();
    }
  }

  private void begin() {
    if (items.hasNext()) {
      T item = items.next();
      begun.add(threads.submit(() -> step.run(item)));
    }
  }

  /**
   * Returns the result of the next item; call it once for each.
   *
   * @throws RuntimeException what the step has thrown, which may be a checked exception
   */
  public R next() {
    Future<R> next = begun.remove();
    begin();
    try {
      return next.get();
    } catch (ExecutionException e) {
      throw Chains.<RuntimeException>unchecked(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
