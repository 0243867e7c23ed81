package io.reverie.core.weights;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reports a weights file that cannot be used; the message does not name the file. */
final class MalformedWeights extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  /** Reports a file that is damaged, or that harms a careless reader. */
  MalformedWeights(String message) {
    this(message, null);
  }

  MalformedWeights(String message, @Nullable Throwable cause) {
    this(message, cause, true);
  }

  private MalformedWeights(String message, @Nullable Throwable cause, boolean damaged) {
    super(message, cause);
    this.damaged = damaged;
  }

  /** Reports a sound file that holds something else than the tensors of one network. */
  static MalformedWeights unsuitable(String message) {
    return new MalformedWeights(message, null, false);
  }

  boolean isDamaged() {
    return damaged;
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
