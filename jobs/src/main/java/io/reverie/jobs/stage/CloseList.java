package io.reverie.jobs.stage;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was added, the latest first, even if one fails. */
public final class CloseList implements AutoCloseable {

  private final Deque<Part> parts = new ArrayDeque<>();

  /** Something to close that throws no checked exceptions. */
  public interface Part extends AutoCloseable {
    @Override
    void close();
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
