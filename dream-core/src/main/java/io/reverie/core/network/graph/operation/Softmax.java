package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;

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
    // In the parameters' type, because DJL asks for the type of what it normalises.
    NDArray typed = x.mul(p.onesLike(x, 1));
    return logarithm ? typed.logSoftmax(1) : typed.softmax(1);
  }
}
