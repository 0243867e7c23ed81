package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Half the squared norm of a layer's activations, so that its derivative is the activations
 * themselves (Google 2015).
 *
 * @param layer a layer of the network
 * @param channels which of its channels count
 * @param weight finite
 */
public record L2(String layer, ChannelSelector channels, double weight) implements Objective {

  public L2 {
    ObjectiveWeights.requireFinite(layer, weight);
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent whole) {
    return channels.equals(ChannelSelector.all()) ? a : a.mul(channels.mask(a, whole));
  }

  @Override
  public double value(NDArray a, LayerExtent whole) {
    return seed(a, whole).toType(DataType.FLOAT64, false).square().sum().getDouble() / 2;
  }

  @Override
  public boolean comparesChannels() {
    return channels.areRelative();
  }

  @Override
  public void requireChannels(long count) {
    channels.requireIn(layer, count);
  }
}
