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
import org.apache.spark.TaskKilledException;

/** Tells what a user can mend from bugs. */
public final class Failure {

  private static final String BUG = "a bug of Reverie's, please report it: ";

  private Failure() {}

  /** The sentence for the user; empty for a bug, which must keep its trace. */
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
          "the memory outside of the Java heap ran out; run fewer tasks at once, give more (on a cluster spark.executor.memoryOverhead), or a smaller --dream-size or tile");
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
   * The same for an item that fails alone: of a bug, its trace.
   *
   * @throws TaskKilledException if that is what happened, which is no failure
   */
  public static String of(Throwable e) {
    if (e instanceof TaskKilledException killed) {
      throw killed;
    }
    return sentence(e)
        .orElseGet(
            () -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(Printer.ofMessages(trace));
              return BUG + trace;
            });
  }

  /** Whether nothing but other input or another version would make it go well. */
  public static boolean isLasting(Throwable e) {
    return e instanceof MediaException media && media.isLasting();
  }

  static boolean isBug(String failure) {
    return failure.startsWith(BUG);
  }

  /** What a user is told where a whole run cannot go on. */
  public static UserException environment(IOException e) {
    return UserException.environment(sentence(e).orElseThrow(), e);
  }
}
