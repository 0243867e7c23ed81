package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.reverie.core.dream.image.RowBlocks;

/**
 * A separable Gaussian blur, truncated at three sigma. At borders the weights inside the image are
 * normalised.
 *
 * @param sigma in pixels, above 0
 */
public record GaussianBlur(double sigma) {

  public GaussianBlur {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("a blur needs a sigma above 0, not " + sigma);
    }
  }

  /**
   * Blurs an image (1, H, W, C) block by block.
   *
   * @return has the same shape and belongs to the same scope
   */
  public NDArray apply(NDArray image, RowBlocks blocks) {
    NDArray blurred = image.getManager().create(image.getShape(), image.getDataType());
    blocks.forEach(
        image,
        block -> {
          NDArray around = apply(block.around(image, radius()));
          block.set(blurred, block.within(around, radius()));
        });
    return blurred;
  }

  private int radius() {
    return (int) Math.ceil(3 * sigma);
  }

  /**
   * Blurs each channel.
   *
   * @param nhwc (1, H, W, C)
   * @return has the same shape and belongs to the same scope
   */
  public NDArray apply(NDArray nhwc) {
    NDArray planes = nhwc.transpose(3, 0, 1, 2);
    NDArray inside =
        planes.getManager().ones(new Shape(1, 1, nhwc.getShape().get(1), nhwc.getShape().get(2)));
    NDArray weights = both(inside.toType(nhwc.getDataType(), false));
    return both(planes).div(weights).transpose(1, 2, 3, 0);
  }

  private NDArray both(NDArray planes) {
    int radius = radius();
    NDArray kernel = kernel(planes, radius);
    NDArray columns = kernel.reshape(1, 1, -1, 1);
    NDArray rows = kernel.reshape(1, 1, 1, -1);
    Shape one = new Shape(1, 1);
    NDArray down =
        Conv2d.conv2d(planes, columns, null, one, new Shape(radius, 0), one).singletonOrThrow();
    return Conv2d.conv2d(down, rows, null, one, new Shape(0, radius), one).singletonOrThrow();
  }

  private NDArray kernel(NDArray like, int radius) {
    double[] weights = new double[2 * radius + 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-(i - radius) * (i - radius) / (2 * sigma * sigma));
    }
    return like.getManager().create(weights).toType(like.getDataType(), false);
  }
}
