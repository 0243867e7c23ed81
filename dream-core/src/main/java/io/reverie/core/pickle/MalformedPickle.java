package io.reverie.core.pickle;

/** Reports a rejected pickle. The message completes a sentence and has no subject but "it". */
public final class MalformedPickle extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedPickle(String message) {
    super(message);
  }
}
