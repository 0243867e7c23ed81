package io.reverie.core.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Ways to combine several tensors into one. All but {@link #CONCAT} are elementwise, and a map of
 * one cell or one channel is broadcast to the others, as in NumPy.
 */
public enum Join {
  /** Concatenates the channels. */
  CONCAT {
    @Override
    public NDArray of(List<NDArray> parts) {
      return NDArrays.concat(new NDList(parts), 1);
    }

    @Override
    public Shape shape(List<Shape> parts) {
      Shape first = parts.get(0);
      long channels = parts.stream().mapToLong(part -> part.get(1)).sum();
      return new Shape(first.get(0), channels, least(parts, 2), least(parts, 3));
    }
  },
  SUM {
    @Override
    public NDArray of(List<NDArray> parts) {
      return folded(parts, NDArray::add);
    }
  },
  DIFFERENCE {
    @Override
    public NDArray of(List<NDArray> parts) {
      return folded(parts, NDArray::sub);
    }
  },
  PRODUCT {
    @Override
    public NDArray of(List<NDArray> parts) {
      return folded(parts, NDArray::mul);
    }
  },
  QUOTIENT {
    @Override
    public NDArray of(List<NDArray> parts) {
      return folded(parts, NDArray::div);
    }
  },
  MAXIMUM {
    @Override
    public NDArray of(List<NDArray> parts) {
      return folded(parts, NDArray::maximum);
    }
  },
  MINIMUM {
    @Override
    public NDArray of(List<NDArray> parts) {
      return folded(parts, NDArray::minimum);
    }
  };

  /** Joins tensors (N, C, H, W), at least one. */
  public abstract NDArray of(List<NDArray> parts);

  /** Returns the shape of the result; a side of 0 means that an input was too small. */
  public Shape shape(List<Shape> parts) {
    Shape first = parts.get(0);
    return new Shape(first.get(0), broadcast(parts, 1), broadcast(parts, 2), broadcast(parts, 3));
  }

  private static NDArray folded(List<NDArray> parts, BinaryOperator<NDArray> operation) {
    return parts.stream().reduce(operation).orElseThrow();
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
