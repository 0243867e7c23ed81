package io.reverie.core.weights.source;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reports an invalid weights file; the message does not name the file. */
public final class MalformedWeights extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedWeights(String message) {
    this(message, null);
  }

  public MalformedWeights(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
