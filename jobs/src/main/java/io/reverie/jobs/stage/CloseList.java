package io.reverie.jobs.stage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Closes what was added, the latest first, even if one fails. */
public final class CloseList implements AutoCloseable {

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Something to close that throws no checked exceptions. */
  public interface Part extends AutoCloseable {
    @Override
    void close();
  }

  /** Adds something with a way to close it, and returns it. */
  public <T> T add(T part, Consumer<T> close) {
    parts.push(() -> close.accept(part));
    return part;
  }

  /** Adds something and returns it. */
  public <T extends Part> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    if (!parts.isEmpty()) {
      try (Part rest = this::close) {
        parts.pop().close();
      }
    }
  }
}
