package io.reverie.jobs.run;

import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.process.SystemLimit;
import io.reverie.jobs.storage.StorageErrorMessages;
import io.reverie.jobs.storage.StorageException;
import io.reverie.jobs.terminal.Printer;
import io.reverie.video.MediaException;
import io.reverie.video.memory.OutOfMemory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskKilledException;

/** Separates errors that a user can fix from bugs. */
public final class Failure {

  private static final String BUG = "a bug in Reverie, please report it: ";

  private Failure() {}

  /** Returns the message for the user; empty for a bug, which needs its stack trace. */
  public static Optional<String> sentence(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return sentence(Objects.requireNonNull(unchecked.getCause()));
    }
    Optional<String> limit = SystemLimit.sentence(e);
    if (limit.isPresent()) {
      return limit;
    }
    if (OutOfMemory.is(e)) {
      return Optional.of(
          "native memory ran out; run fewer tasks at once, raise the limit (on a cluster spark.executor.memoryOverhead), or reduce --dream-size or the tile size");
    }
    String message = String.valueOf(e.getMessage());
    if (e instanceof MediaException
        && e.getCause() instanceof IOException io
        && (io instanceof StorageException || io instanceof FileSystemException)) {
      return Optional.of(StorageErrorMessages.of(io));
    }
    if (e instanceof DreamException || e instanceof MediaException || e instanceof UserException) {
      return Optional.of(message);
    }
    return e instanceof IOException io
        ? Optional.of(StorageErrorMessages.of(io))
        : Optional.empty();
  }

  /**
   * Returns the message for an item that failed alone; for a bug, including its stack trace.
   *
   * @throws TaskKilledException if the task was killed, which is not a failure of the item
   */
  public static String of(Throwable e) {
    if (e instanceof TaskKilledException killed) {
      throw killed;
    }
    if (e instanceof CancellationException) {
      // The task waited for others when it was killed.
      Attempts.stopIfKilled();
    }
    return sentence(e)
        .orElseGet(
            () -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(Printer.ofMessages(trace));
              return BUG + trace;
            });
  }

  /** Returns whether a retry must fail as well, unless the input or the version changes. */
  public static boolean isPermanent(Throwable e) {
    return e instanceof MediaException media && media.isLasting();
  }

  public static boolean isBug(String failure) {
    return failure.startsWith(BUG);
  }

  /** Wraps a failure that ends the whole run. */
  public static UserException environment(IOException e) {
    return UserException.environment(sentence(e).orElseThrow(), e);
  }
}
