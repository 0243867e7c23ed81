package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A weighted sum of class logits before the softmax (deepdraw). Logits at several cells are
 * averaged.
 *
 * @param layer the layer of the logits
 * @param mixture weights by class number, at least one; a negative weight suppresses a class
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
  public NDArray seed(NDArray a, LayerExtent extent) {
    float[] shares = new float[(int) a.getShape().get(1)];
    double places = (double) extent.height() * extent.width();
    mixture.forEach((id, share) -> shares[id] = (float) (share / places));
    NDArray row =
        a.getManager()
            .create(shares, new Shape(1, shares.length, 1, 1))
            .toType(a.getDataType(), false);
    return a.zerosLike().add(row);
  }

  @Override
  public double value(NDArray a, LayerExtent extent) {
    return seed(a, extent).mul(a).toType(DataType.FLOAT64, false).sum().getDouble();
  }

  @Override
  public String target() {
    String numbers =
        mixture.keySet().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
    return "class %s of layer %s".formatted(numbers, layer);
  }

  @Override
  public String alternatives() {
    return "class";
  }

  @Override
  public void requireChannels(long count) {
    new ChannelSelector.Ids(List.copyOf(mixture.keySet())).requireIn(layer, count);
  }
}
