package io.reverie.core.pickle;

/** Why a pickle was refused, as the end of a sentence. */
public final class MalformedPickle extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedPickle(String message) {
    super(message);
  }
}
