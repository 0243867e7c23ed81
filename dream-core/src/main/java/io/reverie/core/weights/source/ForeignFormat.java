package io.reverie.core.weights.source;

import java.util.Objects;

/**
 * Reports a file that is sound but of a format that is not read. The message is a predicate of the
 * file: what it is and the way out, such as "is a Keras model; export its tensors".
 */
public final class ForeignFormat extends Exception {

  private static final long serialVersionUID = 1L;

  public ForeignFormat(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
