package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.ReceptiveField;
import io.reverie.core.network.graph.Step;
import java.util.Optional;

/** The largest value of each map, (N, C, 1, 1). */
public record GlobalMaxPool() implements Step {

  @Override
  public Shape shape(Shape s) {
    long side = Math.min(1, Math.min(s.get(2), s.get(3)));
    return new Shape(s.get(0), s.get(1), side, side);
  }

  @Override
  public Optional<ReceptiveField> field(ReceptiveField seen) {
    return Optional.empty();
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    Shape s = x.getShape();
    return x.getNDArrayInternal().globalMaxPool().reshape(s.get(0), s.get(1), 1, 1);
  }
}
