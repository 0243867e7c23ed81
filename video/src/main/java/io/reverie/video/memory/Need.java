package io.reverie.video.memory;

/**
 * Memory in bytes.
 *
 * @param heap where frames are arrays of floats
 * @param other outside of it, where decoders, encoders and tensors are
 */
public record Need(double heap, double other) {

  public static final Need NOTHING = new Need(0, 0);

  public Need plus(Need more) {
    return new Need(heap + more.heap, other + more.other);
  }

  /** Of two that are never there at once. */
  public Need or(Need instead) {
    return new Need(Math.max(heap, instead.heap), Math.max(other, instead.other));
  }
}
