package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Half the squared norm of a layer's activations, whose derivative is the activations themselves
 * (Google 2015).
 *
 * @param channels channels that count
 * @param weight finite
 */
public record L2(String layer, ChannelSelector channels, double weight)
    implements ChannelObjective {

  public L2 {
    ObjectiveWeights.requireFinite(layer, weight);
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent extent) {
    return channels.equals(ChannelSelector.all()) ? a : a.mul(channels.mask(a, extent));
  }

  @Override
  public double value(NDArray a, LayerExtent extent) {
    return seed(a, extent).toType(DataType.FLOAT64, false).square().sum().getDouble() / 2;
  }
}
