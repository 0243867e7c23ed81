package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;

/**
 * A file or object that cannot be reached, told to the user in one sentence that names it and the
 * remedy. What the libraries said is its cause.
 */
public final class StorageException extends IOException {

  private static final long serialVersionUID = 1L;

  StorageException(String message) {
    super(message);
  }

  private StorageException(String message, Exception cause) {
    super(message, cause);
  }

  /**
   * Of an exception of the libraries. What is a sentence already stays as it is; so does an
   * interruption, which is no failure.
   */
  static IOException of(Location location, Exception e) {
    if (e instanceof StorageException told) {
      return told;
    }
    if (e instanceof InterruptedIOException stopped && !(e instanceof SocketTimeoutException)) {
      return stopped;
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
