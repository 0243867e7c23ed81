package io.reverie.jobs.fuzz;

import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import io.reverie.video.MediaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * Checks a parser's guarantees for an input: it is parsed or refused by a documented exception;
 * nothing is written outside the folders; it takes a few seconds at most, and no more heap than
 * there is.
 */
record Trial(Parser parser, Room room) {

  /** CPU time within which every input of at most 128 KB is parsed. */
  static final int SECONDS = 5;

  Optional<Finding> run(byte[] input) {
    long begun = cpuNanos(Thread.currentThread());
    Optional<Finding> found = thrown(input);
    double seconds = (cpuNanos(Thread.currentThread()) - begun) * 1e-9;
    if (found.isPresent()) {
      return found;
    }
    Optional<Finding> escaped = escaped();
    if (escaped.isEmpty() && seconds > SECONDS) {
      return Optional.of(new Finding("slow", List.of(), "%.1f s".formatted(seconds)));
    }
    return escaped;
  }

  /** The CPU time of a thread so far. */
  @SuppressWarnings("deprecation") // Its replacement requires Java 19.
  static long cpuNanos(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  private Optional<Finding> thrown(byte[] input) {
    try {
      parser.read(input, room);
      return Optional.empty();
    } catch (DreamException | UserException | MediaException | IOException e) {
      return Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      return Optional.of(Finding.of(e));
    }
  }

  private Optional<Finding> escaped() {
    try {
      List<String> names = room.empty();
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of(new Finding("escape", List.of(), String.join("\n", names)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
