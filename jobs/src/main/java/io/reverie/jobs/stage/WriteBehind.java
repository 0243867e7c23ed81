package io.reverie.jobs.stage;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does work in the order in which it is given, on a thread of its own. After a failure, the rest is
 * skipped.
 */
public final class WriteBehind implements AutoCloseable {

  private static final Work END = () -> {};

  private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
  private final int capacity;
  private final Semaphore room;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;

  /** A piece of work. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Starts the thread.
   *
   * @param capacity largest number of pieces that were given and are not done yet, at least 1
   */
  public WriteBehind(int capacity) {
    this.capacity = capacity;
    this.room = new Semaphore(capacity);
    this.thread = StageThread.start("write", this::work);
  }

  private void work() {
    try {
      for (Work next = waiting.take(); next != END; next = waiting.take()) {
        try {
          if (failure.get() == null && !closed) {
            next.run();
          }
        } catch (Throwable e) {
          failure.set(e);
        } finally {
          room.release();
        }
      }
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      room.release(capacity);
    }
  }

  /**
   * Adds a piece of work; waits while there are too many.
   *
   * @throws IOException if earlier work failed; unchecked exceptions and errors likewise
   */
  public void add(Work work) throws IOException {
    acquire(1);
    waiting.add(work);
    check();
  }

  /**
   * Waits until all work is done.
   *
   * @throws IOException if some of it failed; unchecked exceptions and errors likewise
   */
  public void finish() throws IOException {
    acquire(capacity);
    room.release(capacity);
    check();
  }

  private void acquire(int pieces) {
    try {
      room.acquire(pieces);
    } catch (InterruptedException e) {
      throw StageThread.interrupted(e);
    }
  }

  private void check() throws IOException {
    Throwable failed = failure.get();
    if (failed != null) {
      StageThread.rethrow(failed, IOException.class);
    }
  }

  /** Skips what is not done yet, and waits for the piece in progress. */
  @Override
  public void close() {
    closed = true;
    waiting.add(END);
    StageThread.join(thread);
  }
}
