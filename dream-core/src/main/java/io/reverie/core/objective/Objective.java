package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;

/** What is to grow at one layer of a network. */
public sealed interface Objective permits L2, Mean, Neuron, ClassLogit, Guide {

  /** The layer whose activations are looked at. */
  String layer();

  /**
   * How much it counts among several; below 0 it is suppressed. Alone, only the sign matters, since
   * the step is normalised. 0 leaves it out, as a fade to another layer ends.
   */
  double weight();

  /**
   * The objective's derivative with respect to the activations.
   *
   * @param activations (1, channels, h, w), without a gradient history; all of the layer or a piece
   * @param whole the layer
   * @return dE/da of the same shape
   */
  NDArray seed(NDArray activations, LayerExtent whole);

  /** The derivative where the activations are all of their layer. */
  default NDArray seed(NDArray activations) {
    return seed(activations, LayerExtent.of(activations));
  }

  /** The objective's value E, for reports; of a piece, its share. */
  double value(NDArray activations, LayerExtent whole);

  /** The value where the activations are all of their layer. */
  default double value(NDArray activations) {
    return value(activations, LayerExtent.of(activations));
  }

  /** Whether it cannot tell without the means of {@link LayerExtent}. */
  default boolean comparesChannels() {
    return false;
  }

  /**
   * Checks that the layer can answer.
   *
   * @throws io.reverie.core.DreamException if it has not the channels that are asked for
   */
  default void requireChannels(long channels) {}
}
