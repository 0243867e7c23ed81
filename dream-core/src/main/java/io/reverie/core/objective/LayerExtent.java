package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The position of a piece of activations within its layer.
 *
 * @param height rows of the layer
 * @param width columns of the layer
 * @param top first row of the piece
 * @param left first column of the piece
 * @param means channel means of the whole layer; if empty, those of the piece
 */
public record LayerExtent(long height, long width, long top, long left, Optional<float[]> means) {

  public LayerExtent {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a layer cannot have %d x %d cells".formatted(width, height));
    }
  }

  /** Returns the extent of activations (1, channels, h, w) that are a whole layer. */
  public static LayerExtent of(NDArray activations) {
    return new LayerExtent(
        activations.getShape().get(2), activations.getShape().get(3), 0, 0, Optional.empty());
  }
}
