package io.reverie.core.weights;

/** Reports an invalid weights file; the message does not name the file. */
final class MalformedWeights extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedWeights(String message) {
    super(message);
  }

  MalformedWeights(String message, Throwable cause) {
    super(message, cause);
  }
}
