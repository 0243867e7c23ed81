package io.reverie.video.memory;

import java.io.Serializable;

/**
 * An amount of memory in bytes.
 *
 * @param heap Java heap, for frames of floats
 * @param other native memory, for decoders, encoders and tensors
 */
public record MemoryNeed(double heap, double other) implements Serializable {

  public static final MemoryNeed NOTHING = new MemoryNeed(0, 0);

  public MemoryNeed {
    if (!(heap >= 0 && other >= 0)) {
      throw new IllegalArgumentException(
          "a need of %s bytes of heap and %s other bytes is invalid".formatted(heap, other));
    }
  }

  public MemoryNeed plus(MemoryNeed more) {
    return new MemoryNeed(heap + more.heap, other + more.other);
  }

  /** Returns the larger of two needs that never occur at once. */
  public MemoryNeed or(MemoryNeed instead) {
    return new MemoryNeed(Math.max(heap, instead.heap), Math.max(other, instead.other));
  }
}
