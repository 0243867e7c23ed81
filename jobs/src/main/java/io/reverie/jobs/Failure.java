package io.reverie.jobs;

import io.reverie.core.DreamException;
import io.reverie.jobs.storage.Reason;
import io.reverie.jobs.storage.StorageException;
import io.reverie.video.MediaException;
import java.io.IOException;
import java.util.Optional;

/** Tells what a user can mend from bugs. */
final class Failure {

  private Failure() {}

  /** The sentence for the user; empty for a bug, which must keep its trace. */
  static Optional<String> sentence(Throwable e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left") || message.contains("File too large")) {
      return Optional.of("the disk is full (%s); free some space and run again".formatted(message));
    }
    if (e instanceof MediaException && e.getCause() instanceof StorageException storage) {
      return Optional.of(storage.getMessage());
    }
    if (e instanceof DreamException || e instanceof MediaException || e instanceof UserException) {
      return Optional.of(message);
    }
    return e instanceof IOException io ? Optional.of(Reason.of(io)) : Optional.empty();
  }
}
