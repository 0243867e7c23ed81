package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.ReceptiveField;
import io.reverie.core.network.graph.Step;
import java.util.List;
import java.util.Optional;

/**
 * All values of maps of one size as channels of a single cell: what a fully connected layer after
 * maps sees. Other sizes have no output.
 *
 * @param name of the layer that needs it
 * @param channels of the maps
 * @param height of the maps
 * @param width of the maps
 * @param order of the sides 1 (channels), 2 (rows) and 3 (columns), the slowest first
 * @param side of the network's training images, in pixels
 */
public record FixedFlatten(
    String name, int channels, int height, int width, List<Integer> order, String side)
    implements Step {

  public FixedFlatten {
    order = List.copyOf(order);
  }

  @Override
  public Shape shape(Shape s) {
    long out = s.get(2) == height && s.get(3) == width ? 1 : 0;
    return new Shape(s.get(0), (long) channels * height * width, out, out);
  }

  @Override
  public Optional<ReceptiveField> field(ReceptiveField seen) {
    return Optional.empty();
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    Shape s = x.getShape();
    if (s.get(2) != height || s.get(3) != width) {
      throw new DreamException(
          "the layer %s and those after it exist only for images of %s px, because the ONNX model flattens maps of exactly %dx%d cells there, not %dx%d; choose an earlier layer, or dream at that size in one octave"
              .formatted(name, side, width, height, s.get(3), s.get(2)));
    }
    return x.transpose(0, order.get(0), order.get(1), order.get(2)).reshape(s.get(0), -1, 1, 1);
  }
}
