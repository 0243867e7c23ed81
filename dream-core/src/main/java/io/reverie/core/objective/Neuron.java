package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import java.util.List;
import java.util.Optional;

/**
 * The activation of a single neuron: one channel of one cell.
 *
 * @param channel number from 0
 * @param x 0 (left edge) to 1 (right edge)
 * @param y 0 (top) to 1 (bottom)
 * @param weight finite
 */
public record Neuron(String layer, int channel, double x, double y, double weight)
    implements Objective {

  public Neuron {
    ObjectiveWeights.requireFinite(layer, weight);
    if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
      throw new DreamException(
          "a neuron's x and y must be from 0 to 1, not %s and %s".formatted(x, y));
    }
  }

  @Override
  public NDArray seed(NDArray a, LayerExtent extent) {
    NDArray seed = a.zerosLike();
    place(a, extent).ifPresent(place -> seed.set(place, 1));
    return seed;
  }

  @Override
  public double value(NDArray a, LayerExtent extent) {
    return place(a, extent)
        .map(place -> a.get(place).toType(DataType.FLOAT64, false).getDouble())
        .orElse(0.0);
  }

  /** Returns the index of the neuron; empty if it is outside the piece. */
  private Optional<NDIndex> place(NDArray a, LayerExtent extent) {
    long row = cell(y, extent.height()) - extent.top();
    long column = cell(x, extent.width()) - extent.left();
    boolean here =
        row >= 0 && column >= 0 && row < a.getShape().get(2) && column < a.getShape().get(3);
    return here ? Optional.of(new NDIndex(0, channel, row, column)) : Optional.empty();
  }

  private static long cell(double place, long cells) {
    return Math.min(cells - 1, (long) (place * cells));
  }

  @Override
  public String target() {
    return "the neuron of channel %d of layer %s at x %s, y %s".formatted(channel, layer, x, y);
  }

  @Override
  public String alternatives() {
    return "channel, position (x and y) or layer";
  }

  @Override
  public void requireChannels(long count) {
    new ChannelSelector.Ids(List.of(channel)).requireIn(layer, count);
  }
}
