package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The mean of a layer's activations (TensorFlow's tutorial): weak responses grow as fast as strong
 * ones.
 *
 * @param layer a layer of the network
 * @param channels which of its channels count
 * @param weight finite
 */
public record Mean(String layer, ChannelSelector channels, double weight) implements Objective {

  public Mean {
    ObjectiveWeights.requireFinite(layer, weight);
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent whole) {
    NDArray mask = channels.mask(a, whole);
    double counted =
        mask.sum().toType(DataType.FLOAT64, false).getDouble() * whole.height() * whole.width();
    return a.zerosLike().add(mask.mul(counted > 0 ? 1 / counted : 0));
  }

  @Override
  public double value(NDArray a, LayerExtent whole) {
    return seed(a, whole).mul(a).toType(DataType.FLOAT64, false).sum().getDouble();
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
