package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/**
 * A file or object cannot be reached. The message is one sentence that names it and the remedy; the
 * library's exception is the cause.
 */
public final class StorageException extends IOException {

  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  private StorageException(String message, Exception cause) {
    super(message, cause);
  }

  /**
   * Converts an exception of a library. Messages that are already for the user stay unchanged, and
   * so does an interruption, which is not a failure.
   */
  static IOException of(Location location, Exception e) {
    if (e instanceof StorageException known) {
      return known;
    }
    if (e instanceof UnsupportedCreationException known) {
      return known;
    }
    if (e instanceof InterruptedIOException interrupted && !(e instanceof SocketTimeoutException)) {
      return interrupted;
    }
    String sentence = StorageErrorMessages.of(location.text(), e);
    if (e instanceof FileNotFoundException) {
      IOException missing = new FileNotFoundException(sentence);
      missing.initCause(e);
      return missing;
    }
    return new StorageException(sentence, e);
  }
}
