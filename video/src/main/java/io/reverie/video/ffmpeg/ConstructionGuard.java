package io.reverie.video.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Frees what a constructor has allocated if the constructor fails: native memory is not garbage
 * collected, and a half-built object has no owner to close it.
 */
public final class ConstructionGuard implements AutoCloseable {

  private final Deque<Runnable> cleanups = new ArrayDeque<>();

  /**
   * Registers an allocated value.
   *
   * @param free called unless {@link #complete} is called first; the last value is freed first
   * @return the value
   */
  public <T> T add(T value, Consumer<T> free) {
    cleanups.push(() -> free.accept(value));
    return value;
  }

  /** Hands all registered values over to the constructed object. */
  public void complete() {
    cleanups.clear();
  }

  /** Frees all values, even if freeing some of them fails. */
  @Override
  public void close() {
    if (!cleanups.isEmpty()) {
      Runnable last = cleanups.pop();
      try {
        last.run();
      } finally {
        close();
      }
    }
  }
}
