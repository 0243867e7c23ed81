package io.reverie.core;

import java.util.Objects;

/**
 * A mistake of the user's, or a file's, told in one sentence that names the value and the remedy.
 */
public final class DreamException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DreamException(String message) {
    super(message);
  }

  public DreamException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
