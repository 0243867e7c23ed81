package io.reverie.core.pickle;

/** A limit on the estimated memory of the values of one pickle. */
public final class MemoryBudget {

  private static final long BYTES = 64L << 20;

  private long left = BYTES;

  MemoryBudget() {}

  /**
   * Reserves memory before it is used.
   *
   * @throws MalformedPickle if the limit is exceeded
   */
  public void reserve(long bytes) throws MalformedPickle {
    left -= bytes;
    if (left < 0) {
      throw new MalformedPickle("it would take more than %d MB of memory".formatted(BYTES >> 20));
    }
  }
}
