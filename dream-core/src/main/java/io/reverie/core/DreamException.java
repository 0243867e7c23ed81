package io.reverie.core;

import java.util.Objects;

/**
 * Reports invalid user input or an invalid file. The message is one sentence that names the value
 * and the remedy.
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
