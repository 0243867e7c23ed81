package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import java.util.List;

/**
 * Half the squared norm of a layer's activations, so that its derivative is the activations
 * themselves (Google 2015).
 *
 * @param layer a layer of the network
 * @param channels which of its channels count, from 0; empty for all
 * @param weight 0 leaves it without effect
 */
public record L2(String layer, List<Integer> channels, double weight) implements Objective {

  public L2 {
    channels = List.copyOf(channels);
    if (!Double.isFinite(weight)) {
      throw new DreamException(
          "the objective at layer %s needs a number as its weight, not %s"
              .formatted(layer, weight));
    }
  }

  @Override
  public NDArray seed(NDArray a) {
    return channels.isEmpty() ? a : a.mul(mask(a));
  }

  @Override
  public double value(NDArray a) {
    return seed(a).toType(DataType.FLOAT64, false).square().sum().getDouble() / 2;
  }

  private NDArray mask(NDArray a) {
    int count = (int) a.getShape().get(1);
    float[] mask = new float[count];
    for (int channel : channels) {
      if (channel < 0 || channel >= count) {
        throw new DreamException(
            "layer %s has no channel %d; it has 0 to %d".formatted(layer, channel, count - 1));
      }
      mask[channel] = 1;
    }
    return a.getManager().create(mask, new Shape(1, count, 1, 1)).toType(a.getDataType(), false);
  }
}
