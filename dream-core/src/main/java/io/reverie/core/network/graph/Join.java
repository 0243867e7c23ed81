package io.reverie.core.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Ways to combine several tensors into one. All but {@link #CONCAT} are elementwise, and a map of
 * one cell or one channel is broadcast to the others, as in NumPy.
 */
public enum Join {
  /** Concatenates the channels. */
  CONCAT(parts -> NDArrays.concat(new NDList(parts), 1)) {
    @Override
    public Shape shape(List<Shape> parts) {
      Shape first = parts.get(0);
      long channels = parts.stream().mapToLong(part -> part.get(1)).sum();
      return new Shape(first.get(0), channels, least(parts, 2), least(parts, 3));
    }
  },
  SUM(folded(NDArray::add)),
  DIFFERENCE(folded(NDArray::sub)),
  PRODUCT(folded(NDArray::mul)),
  QUOTIENT(folded(NDArray::div)),
  MAXIMUM(folded(NDArray::maximum)),
  MINIMUM(folded(NDArray::minimum));

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<List<NDArray>, NDArray> operation;

  Join(Function<List<NDArray>, NDArray> operation) {
    this.operation = operation;
  }

  /** Joins tensors (N, C, H, W), at least one. */
  public NDArray of(List<NDArray> parts) {
    return operation.apply(parts);
  }

  /** Returns the shape of the result; a side of 0 means that an input was too small. */
  public Shape shape(List<Shape> parts) {
    Shape first = parts.get(0);
    return new Shape(first.get(0), broadcast(parts, 1), broadcast(parts, 2), broadcast(parts, 3));
  }

  private static Function<List<NDArray>, NDArray> folded(BinaryOperator<NDArray> operation) {
    return parts -> parts.stream().reduce(operation).orElseThrow();
  }

  private static long broadcast(List<Shape> parts, int side) {
    return least(parts, side) < 1
        ? 0
        : parts.stream().mapToLong(part -> part.get(side)).max().orElseThrow();
  }

  private static long least(List<Shape> parts, int side) {
    return parts.stream().mapToLong(part -> part.get(side)).min().orElseThrow();
  }
}
