package io.reverie.core.dream.lockstep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.dream.gradient.Gradient;
import java.util.Optional;
import java.util.function.Supplier;

/** A gradient that a dream needs. The lock of its {@link Lockstep} guards the state. */
final class Request {

  private final Supplier<NDArray> alone;
  private final Optional<Part> part;
  private boolean taken;
  private Optional<NDArray> result = Optional.empty();

  /**
   * What it adds to a batch.
   *
   * @param image (1, H, W, 3)
   * @param scope owns the gradient
   */
  record Part(Gradient gradient, NDArray image, NDManager scope) {}

  /** For a gradient that is computed alone. */
  Request(Supplier<NDArray> alone) {
    this.alone = alone;
    this.part = Optional.empty();
  }

  /** For a gradient that may be computed in a batch. */
  Request(Part part) {
    this.alone = () -> part.gradient().at(part.image(), Optional.empty(), part.scope());
    this.part = Optional.of(part);
  }

  Part part() {
    return part.orElseThrow();
  }

  /** Computes the gradient on this thread. */
  NDArray alone() {
    return alone.get();
  }

  boolean isWaiting() {
    return !taken && result.isEmpty();
  }

  /** Returns whether a thread computes it now. */
  boolean isTaken() {
    return taken;
  }

  void take() {
    taken = true;
  }

  /** Waits again, because its batch failed. */
  void retry() {
    taken = false;
  }

  void end(NDArray found) {
    taken = false;
    result = Optional.of(found);
  }

  Optional<NDArray> result() {
    return result;
  }
}
