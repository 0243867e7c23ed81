package io.reverie.core.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Shares of the channels in each cell, exp(x) divided by its sum over the channels.
 *
 * @param logarithm whether the result is the logarithm of the shares
 */
public record Softmax(boolean logarithm) implements Step {

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    return logarithm ? x.logSoftmax(1) : x.softmax(1);
  }
}
