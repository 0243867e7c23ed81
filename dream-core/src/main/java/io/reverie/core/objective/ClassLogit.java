package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import java.util.List;
import java.util.Map;

/**
 * The logits of classes before the softmax, mixed with weights (deepdraw). Where a network gives
 * logits at many places, their mean.
 *
 * @param layer the network's layer of logits
 * @param mixture by number of the class, at least one; below 0 a class is avoided
 * @param weight finite
 */
public record ClassLogit(String layer, Map<Integer, Double> mixture, double weight)
    implements Objective {

  public ClassLogit {
    mixture = Map.copyOf(mixture);
    ObjectiveWeights.requireFinite(layer, weight);
    if (mixture.isEmpty()) {
      throw new DreamException("the objective class needs at least one class");
    }
    mixture.values().forEach(share -> ObjectiveWeights.requireFinite(layer, share));
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent whole) {
    float[] shares = new float[(int) a.getShape().get(1)];
    double places = (double) whole.height() * whole.width();
    mixture.forEach((id, share) -> shares[id] = (float) (share / places));
    NDArray row =
        a.getManager()
            .create(shares, new Shape(1, shares.length, 1, 1))
            .toType(a.getDataType(), false);
    return a.zerosLike().add(row);
  }

  @Override
  public double value(NDArray a, LayerExtent whole) {
    return seed(a, whole).mul(a).toType(DataType.FLOAT64, false).sum().getDouble();
  }

  @Override
  public void requireChannels(long count) {
    new ChannelSelector.Ids(List.copyOf(mixture.keySet())).requireIn(layer, count);
  }
}
