package io.reverie.jobs;

import io.reverie.core.DreamException;
import io.reverie.video.MediaException;
import java.io.IOException;
import java.util.Optional;

/** Tells what a user can mend from bugs. */
final class Failure {

  private Failure() {}

  /** The sentence for the user; empty for a bug, which must keep its trace. */
  static Optional<String> sentence(Throwable e) {
    boolean known =
        e instanceof DreamException || e instanceof MediaException || e instanceof UserException;
    if (known) {
      return Optional.of(e.getMessage());
    }
    return e instanceof IOException io ? Optional.of(io(io)) : Optional.empty();
  }

  private static String io(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left")
        ? "the disk is full (%s); free some space and run again".formatted(message)
        : "%s: %s".formatted(e.getClass().getSimpleName(), message);
  }
}
