package io.reverie.core.weights;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reports an invalid weights file; the message does not name the file. */
final class MalformedWeights extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedWeights(String message) {
    this(message, null);
  }

  MalformedWeights(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
