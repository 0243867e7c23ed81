package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The mean of a layer's activations (TensorFlow's tutorial): weak responses grow as fast as strong
 * ones.
 *
 * @param channels channels that count
 * @param weight finite
 */
public record Mean(String layer, ChannelSelector channels, double weight)
    implements ChannelObjective {

  public Mean {
    ObjectiveWeights.requireFinite(layer, weight);
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent extent) {
    NDArray mask = channels.mask(a, extent);
    double counted =
        mask.sum().toType(DataType.FLOAT64, false).getDouble() * extent.height() * extent.width();
    return a.zerosLike().add(mask.mul(counted > 0 ? 1 / counted : 0));
  }

  @Override
  public double value(NDArray a, LayerExtent extent) {
    return seed(a, extent).mul(a).toType(DataType.FLOAT64, false).sum().getDouble();
  }
}
