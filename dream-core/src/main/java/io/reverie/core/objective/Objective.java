package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;

/** What is to grow at one layer of a network. */
public sealed interface Objective permits L2 {

  /** The layer whose activations are looked at. */
  String layer();

  /**
   * How much it counts among several; below 0 it is suppressed. Alone, only the sign matters, since
   * the step is normalised.
   */
  double weight();

  /**
   * The objective's derivative with respect to the activations.
   *
   * @param activations (1, channels, h, w), without a gradient history
   * @return dE/da of the same shape
   */
  NDArray seed(NDArray activations);

  /** The objective's value E, for reports. */
  double value(NDArray activations);
}
