package io.reverie.core.dream.lockstep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.dream.gradient.Gradient;
import java.util.Optional;

/** A gradient that a dream needs. The lock of its {@link Lockstep} guards the state. */
final class Request {

  private final Gradient gradient;
  private final NDArray image;
  private final NDManager scope;
  private boolean taken;
  private Optional<NDArray> result = Optional.empty();

  /**
   * @param image (1, H, W, 3)
   * @param scope owns the gradient
   */
  Request(Gradient gradient, NDArray image, NDManager scope) {
    this.gradient = gradient;
    this.image = image;
    this.scope = scope;
  }

  Gradient gradient() {
    return gradient;
  }

  NDArray image() {
    return image;
  }

  NDManager scope() {
    return scope;
  }

  /** Computes the gradient on this thread. */
  NDArray alone() {
    return gradient.at(image, Optional.empty(), scope);
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
