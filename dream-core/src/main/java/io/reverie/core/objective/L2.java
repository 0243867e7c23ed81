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
public record L2(String layer, ChannelSelector channels, double weight) implements Objective {

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

  @Override
  public boolean needsChannelMeans() {
    return channels.dependsOnActivations();
  }

  @Override
  public String target() {
    return channels.of(layer);
  }

  @Override
  public void requireChannels(long count) {
    channels.requireIn(layer, count);
  }
}
