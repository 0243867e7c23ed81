package io.reverie.jobs.stage;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads items on a thread of its own before they are asked for. The items, their order and failures
 * are those of the source.
 *
 * @param <T> type of the items
 */
public final class ReadAhead<T> implements AutoCloseable {

  private final Supplier<Optional<T>> source;
  private final BlockingQueue<Supplier<Optional<T>>> ready = new LinkedBlockingQueue<>();
  private final Semaphore room;
  private final Thread thread;
  private volatile boolean closed;
  private boolean ended;

  /**
   * Starts to read.
   *
   * @param source returns the next item, empty after the last; used only by the other thread until
   *     {@link #close} returns
   * @param capacity largest number of items that were read and not yet returned, at least 1
   */
  public ReadAhead(Supplier<Optional<T>> source, int capacity) {
    this.source = source;
    this.room = new Semaphore(capacity);
    this.thread = StageThread.start("read", this::read);
  }

  private void read() {
    boolean more = true;
    while (more) {
      room.acquireUninterruptibly();
      if (closed) {
        return;
      }
      try {
        Optional<T> item = source.get();
        ready.add(() -> item);
        more = item.isPresent();
      } catch (Throwable failure) {
        ready.add(
            () -> {
              StageThread.rethrow(failure, RuntimeException.class);
              throw new IllegalStateException(failure);
            });
        more = false;
      }
    }
  }

  /** Returns the next item, empty after the last, or throws what the source threw. */
  public Optional<T> next() {
    if (ended) {
      return Optional.empty();
    }
    try {
      Supplier<Optional<T>> item = ready.take();
      ended = true;
      Optional<T> next = item.get();
      ended = next.isEmpty();
      room.release();
      return next;
    } catch (InterruptedException e) {
      throw StageThread.interrupted(e);
    }
  }

  /** Stops reading; the source can be closed afterwards. */
  @Override
  public void close() {
    closed = true;
    room.release();
    StageThread.join(thread);
  }
}
