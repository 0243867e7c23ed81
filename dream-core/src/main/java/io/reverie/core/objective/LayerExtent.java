package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The whole layer that activations may be a piece of.
 *
 * @param height rows of the layer's maps
 * @param width columns of the layer's maps
 * @param top the row of the maps where the piece begins
 * @param left the column of the maps where the piece begins
 * @param means the mean activation of each channel over the whole layer; of the piece if empty
 */
public record LayerExtent(long height, long width, long top, long left, Optional<float[]> means) {

  /** Of activations (1, channels, h, w) that are all of their layer. */
  public static LayerExtent of(NDArray activations) {
    return new LayerExtent(
        activations.getShape().get(2), activations.getShape().get(3), 0, 0, Optional.empty());
  }
}
