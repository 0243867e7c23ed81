package io.reverie.core.weights;

/** What is wrong with a weights file, without the file's name. */
final class MalformedWeights extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedWeights(String message) {
    super(message);
  }

  MalformedWeights(String message, Throwable cause) {
    super(message, cause);
  }
}
