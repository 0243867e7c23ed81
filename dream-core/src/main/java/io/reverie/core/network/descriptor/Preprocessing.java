package io.reverie.core.network.descriptor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * From RGB in 0..255 to what a network was trained on: {@code (x * scale - mean) / std} for each
 * channel, in the network's own order of channels.
 *
 * @param order RGB, or BGR for networks of Caffe's
 * @param scale 1 for 0..255, 1/255 for 0..1
 * @param mean three values in the network's order of channels
 * @param std three positive values in the network's order of channels
 */
public record Preprocessing(Order order, double scale, List<Double> mean, List<Double> std) {

  /** The order in which a network takes colours. */
  public enum Order {
    RGB,
    BGR
  }

  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "preprocessing needs three means and three positive stds, not %s and %s"
              .formatted(mean, std));
    }
    if (!(scale > 0)) {
      throw new IllegalArgumentException("preprocessing needs a positive scale, not " + scale);
    }
  }

  /**
   * Prepares an image; gradients flow through.
   *
   * @param nhwc (1, H, W, 3), RGB in 0..255
   * @return (1, 3, H, W) in channels-last memory, which convolutions run through faster
   */
  public NDArray apply(NDArray nhwc) {
    NDArray x = nhwc.transpose(0, 3, 1, 2);
    if (order == Order.BGR) {
      x = x.flip(1);
    }
    NDArray factor = constant(x, i -> scale / std.get(i));
    NDArray shift = constant(x, i -> -mean.get(i) / std.get(i));
    return x.mul(factor).add(shift);
  }

  private static NDArray constant(NDArray like, java.util.function.IntToDoubleFunction value) {
    double[] values = {value.applyAsDouble(0), value.applyAsDouble(1), value.applyAsDouble(2)};
    return like.getManager()
        .create(values, new Shape(1, 3, 1, 1))
        .toType(like.getDataType(), false);
  }
}
