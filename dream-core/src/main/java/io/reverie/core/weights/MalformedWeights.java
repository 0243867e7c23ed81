package io.reverie.core.weights;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong with a weights file, without the file's name. */
final class MalformedWeights extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedWeights(String message) {
    super(message);
  }

  MalformedWeights(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
