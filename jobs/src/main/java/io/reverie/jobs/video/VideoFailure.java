package io.reverie.jobs.video;

import io.reverie.jobs.run.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Separates what fails one video from what ends the run. */
final class VideoFailure {

  /** How Spark's messages about a job begin whose tasks have failed too often. */
  private static final String ABORTED = "Job aborted due to stage failure:";

  private VideoFailure() {}

  /** Returns the error message of a video whose chain has thrown; empty if the run must end. */
  static Optional<String> of(Exception e) {
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      return Optional.of(Failure.of(e));
    }
    return isAborted(e) ? Optional.of(reason(e)) : Optional.empty();
  }

  /** Whether Spark gave up a job of one video; a job that was cancelled ends the run. */
  private static boolean isAborted(Exception e) {
    // Spark's exceptions are checked, but not declared.
    return !(e instanceof RuntimeException) && String.valueOf(e.getMessage()).contains(ABORTED);
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    String reason = message.substring(message.indexOf(ABORTED) + ABORTED.length());
    return "Spark gave up one of its jobs (%s); rerun to resume from the last checkpoint"
        .formatted(reason.lines().findFirst().orElse("").strip());
  }
}
