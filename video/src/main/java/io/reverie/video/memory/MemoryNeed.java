package io.reverie.video.memory;

/**
 * Memory in bytes.
 *
 * @param heap where frames are arrays of floats
 * @param other outside of it, where decoders, encoders and tensors are
 */
public record MemoryNeed(double heap, double other) {

  public static final MemoryNeed NOTHING = new MemoryNeed(0, 0);

  public MemoryNeed plus(MemoryNeed more) {
    return new MemoryNeed(heap + more.heap, other + more.other);
  }

  /** Of two that are never there at once. */
  public MemoryNeed or(MemoryNeed instead) {
    return new MemoryNeed(Math.max(heap, instead.heap), Math.max(other, instead.other));
  }
}
