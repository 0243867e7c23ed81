package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;

/** A function of one layer's activations that the dream maximises. */
public sealed interface Objective permits ChannelObjective, Neuron, ClassLogit, Guide {

  String layer();

  /**
   * Returns the weight relative to other objectives; a negative one suppresses. For a single
   * objective only the sign matters, because the step is normalised. 0 disables the objective.
   */
  double weight();

  /**
   * Returns the derivative with respect to the activations.
   *
   * @param activations (1, channels, h, w), detached; a whole layer or a piece of it
   * @param extent position of the piece in its layer
   * @return dE/da, which has the same shape
   */
  NDArray seed(NDArray activations, LayerExtent extent);

  /** Returns the derivative for the activations of a whole layer. */
  default NDArray seed(NDArray activations) {
    return seed(activations, LayerExtent.of(activations));
  }

  /** Returns the value E without its weight; for a piece, its share of it. */
  double value(NDArray activations, LayerExtent extent);

  /**
   * Returns what the objective amplifies, for messages, such as {@code channel 3 of layer conv2}.
   */
  default String target() {
    return "layer " + layer();
  }

  /** Returns what else can be chosen if the target does not respond. */
  default String alternatives() {
    return "layer, channel or weight";
  }

  /** Returns the value for the activations of a whole layer. */
  default double value(NDArray activations) {
    return value(activations, LayerExtent.of(activations));
  }

  /** Returns whether it needs the means of {@link LayerExtent}. */
  default boolean needsChannelMeans() {
    return false;
  }

  /**
   * Checks the configured channels against the layer.
   *
   * @throws io.reverie.core.DreamException if the layer lacks one of them
   */
  default void requireChannels(long channels) {}
}
