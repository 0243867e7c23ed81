package io.reverie.core.network.descriptor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Converts RGB in 0..255 to the network's input: {@code (x * scale - mean) / std} per channel, in
 * the network's channel order.
 *
 * @param order RGB, or BGR for Caffe networks
 * @param scale 1 for an input range of 0..255, 1/255 for 0..1
 * @param mean three values in the network's channel order
 * @param std three positive values in the network's channel order
 */
public record Preprocessing(Order order, double scale, List<Double> mean, List<Double> std)
    implements Serializable {

  /** The means of ImageNet that Caffe's networks subtract: BGR in 0..255, without a scale. */
  public static final Preprocessing CAFFE =
      new Preprocessing(Order.BGR, 1, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0));

  /**
   * The preprocessing of torchvision's networks: RGB in 0..1, normalised by ImageNet's statistics.
   */
  public static final Preprocessing TORCHVISION =
      new Preprocessing(
          Order.RGB, 1 / 255.0, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** A network's channel order. */
  public enum Order {
    RGB,
    BGR
  }

  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "preprocessing needs three means and three positive standard deviations, not %s and %s"
              .formatted(mean, std));
    }
    if (!(scale > 0)) {
      throw new IllegalArgumentException("preprocessing needs a positive scale, not " + scale);
    }
  }

  /**
   * Converts an image; differentiable.
   *
   * @param nhwc (1, H, W, 3), RGB in 0..255
   * @return (1, 3, H, W) in channels-last memory, which speeds up convolutions
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

  /**
   * Returns the values in words, such as {@code RGB, scale 0.00392, mean 0.485 0.456 0.406, ...}.
   */
  public String inWords() {
    return "%s, scale %s, mean %s, std %s"
        .formatted(order, short5(scale), listed(mean), listed(std));
  }

  private static String listed(List<Double> values) {
    return values.stream().map(Preprocessing::short5).collect(Collectors.joining(" "));
  }

  private static String short5(double value) {
    return new DecimalFormat("0.#####", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value);
  }

  private static NDArray constant(NDArray like, java.util.function.IntToDoubleFunction value) {
    double[] values = {value.applyAsDouble(0), value.applyAsDouble(1), value.applyAsDouble(2)};
    return like.getManager()
        .create(values, new Shape(1, 3, 1, 1))
        .toType(like.getDataType(), false);
  }
}
