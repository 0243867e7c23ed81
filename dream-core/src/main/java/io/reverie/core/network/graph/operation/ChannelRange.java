package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;

/** The channels {@code from} (inclusive) to {@code to} (exclusive). */
public record ChannelRange(int from, int to) implements Step {

  @Override
  public Shape shape(Shape s) {
    return new Shape(s.get(0), to - from, s.get(2), s.get(3));
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    return x.get(new NDIndex().addAllDim().addSliceDim(from, to));
  }
}
