package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import java.util.List;
import java.util.Optional;

/**
 * The activation of a single neuron: one channel at one place.
 *
 * @param layer a layer of the network
 * @param channel from 0
 * @param x from 0, the left edge, to 1, the right one
 * @param y from 0, the top, to 1, the bottom
 * @param weight finite
 */
public record Neuron(String layer, int channel, double x, double y, double weight)
    implements Objective {

  public Neuron {
    ObjectiveWeights.requireFinite(layer, weight);
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
      throw new DreamException(
          "a neuron's place is from 0 to 1 across and down, not %s, %s".formatted(x, y));
    }
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent whole) {
    NDArray seed = a.zerosLike();
    place(a, whole).ifPresent(place -> seed.set(place, 1));
    return seed;
  }

  @Override
  public double value(NDArray a, LayerExtent whole) {
    return place(a, whole)
        .map(place -> a.get(place).toType(DataType.FLOAT64, false).getDouble())
        .orElse(0.0);
  }

  /** Empty if it is not in this piece. */
  private Optional<NDIndex> place(NDArray a, LayerExtent whole) {
    long row = cell(y, whole.height()) - whole.top();
    long column = cell(x, whole.width()) - whole.left();
    boolean here =
        row >= 0 && column >= 0 && row < a.getShape().get(2) && column < a.getShape().get(3);
    return here ? Optional.of(new NDIndex(0, channel, row, column)) : Optional.empty();
  }

  private static long cell(double place, long cells) {
    return Math.min(cells - 1, (long) (place * cells));
  }

  @Override
  public void requireChannels(long count) {
    new ChannelSelector.Ids(List.of(channel)).requireIn(layer, count);
  }
}
