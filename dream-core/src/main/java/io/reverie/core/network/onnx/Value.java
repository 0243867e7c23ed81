package io.reverie.core.network.onnx;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.weights.tensor.Tensor;

/** A value in an ONNX model. */
sealed interface Value {

  /**
   * A value that depends on the image.
   *
   * @param node its number in the network's graph
   * @param shape (N, C, H, W) at the training images' size
   * @param fixed whether H and W are the same for every image
   * @param layout how the model's tensor is made of the maps
   */
  record Maps(int node, Shape shape, boolean fixed, Layout layout) implements Value {

    int channels() {
      return (int) shape.get(1);
    }

    Maps with(Layout other) {
      return new Maps(node, shape, fixed, other);
    }
  }

  /**
   * A constant.
   *
   * @param key its name among the network's weights
   * @param integer whether it is known to be made of integers, whose quotients are rounded
   * @param sized for each number, whether it follows from the height or width of the image; empty
   *     if none does
   */
  record Numbers(String key, Tensor tensor, boolean integer, boolean[] sized) implements Value {

    private static final boolean[] NONE = {};

    Numbers(String key, Tensor tensor) {
      this(key, tensor, false, NONE);
    }

    boolean isSized(int i) {
      return sized.length > 0 && sized[i];
    }

    int rank() {
      return tensor.shape().length;
    }

    /** Returns the number of values. */
    long count() {
      long count = 1;
      for (long side : tensor.shape()) {
        count = Math.multiplyExact(count, side);
      }
      return count;
    }
  }
}
