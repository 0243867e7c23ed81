package io.reverie.core.pickle;

/** The memory that the values of one pickle may take, by estimate. */
public final class Room {

  private static final long BYTES = 64L << 20;

  private long left = BYTES;

  Room() {}

  /**
   * Takes some, before it is used.
   *
   * @throws MalformedPickle if there is not as much left
   */
  public void take(long bytes) throws MalformedPickle {
    left -= bytes;
    if (left < 0) {
      throw new MalformedPickle("it would take more than %d MB of memory".formatted(BYTES >> 20));
    }
  }
}
