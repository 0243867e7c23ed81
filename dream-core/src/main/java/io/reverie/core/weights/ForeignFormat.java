package io.reverie.core.weights;

import java.util.Objects;

/**
 * Reports a file that is sound but of a format that is not read. The message is a predicate of the
 * file: what it is and the way out, such as "is a Keras model; export its tensors".
 */
final class ForeignFormat extends Exception {

  private static final long serialVersionUID = 1L;

  ForeignFormat(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
