package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.reverie.core.engine.Torch;
import io.reverie.core.weights.StateDict;
import java.util.List;

/** One step of a network: from one tensor (N, C, H, W) to the next. */
sealed interface Op {

  /** The output's shape; a side below 1 means that the input is too small. */
  Shape shape(Shape in);

  NDArray forward(NDArray x, Parameters parameters);

  /** Takes this step's tensors out of a weights file. */
  default void load(StateDict weights, Parameters.Builder parameters) {}

  /**
   * A convolution with bias.
   *
   * @param key where its {@code .weight} and {@code .bias} stand in the weights
   */
  record Conv(String key, int in, int out, int kernel, int stride, int padding, Fold fold)
      implements Op {

    Conv(String key, int in, int out, int kernel, int stride, int padding) {
      this(key, in, out, kernel, stride, padding, Fold.NONE);
    }

    @Override
    public Shape shape(Shape s) {
      return new Shape(s.get(0), out, side(s.get(2)), side(s.get(3)));
    }

    private long side(long n) {
      return Math.max(0, Math.floorDiv(n + 2L * padding - kernel, stride) + 1);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return Conv2d.conv2d(
              x,
              p.get(key + ".weight"),
              p.get(key + ".bias"),
              new Shape(stride, stride),
              new Shape(padding, padding),
              new Shape(1, 1))
          .singletonOrThrow();
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      fold.load(this, weights, parameters);
    }
  }

  /** max(0, x). */
  record Relu() implements Op {
    @Override
    public Shape shape(Shape s) {
      return s;
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return Torch.relu(x);
    }
  }

  /** The largest of each square window; padding never wins. */
  record MaxPool(int kernel, int stride, int padding, boolean ceil) implements Op {
    @Override
    public Shape shape(Shape s) {
      return new Shape(s.get(0), s.get(1), side(s.get(2)), side(s.get(3)));
    }

    private long side(long n) {
      long room = n + 2L * padding - kernel;
      long windows = (ceil ? -Math.floorDiv(-room, stride) : Math.floorDiv(room, stride)) + 1;
      // PyTorch: a window that would begin beyond the input and its left padding is left out.
      return Math.max(0, ceil && (windows - 1) * stride >= n + padding ? windows - 1 : windows);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return Pool.maxPool2d(
          x,
          new Shape(kernel, kernel),
          new Shape(stride, stride),
          new Shape(padding, padding),
          ceil);
    }
  }

  /** The mean over height and width: (N, C, H, W) to (N, C, 1, 1). */
  record GlobalMean() implements Op {
    @Override
    public Shape shape(Shape s) {
      return new Shape(s.get(0), s.get(1), Math.min(1, s.get(2)), Math.min(1, s.get(3)));
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return x.mean(new int[] {3}, true).mean(new int[] {2}, true);
    }
  }

  /** A linear map of the channels at (1, 1): a classifier's head. */
  record Linear(String key, int in, int out) implements Op {
    @Override
    public Shape shape(Shape s) {
      return new Shape(s.get(0), out, s.get(2), s.get(3));
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      NDArray flat = x.reshape(x.getShape().get(0), in);
      return flat.matMul(p.get(key + ".weight").transpose())
          .add(p.get(key + ".bias"))
          .reshape(-1, out, 1, 1);
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      parameters.put(weights, key + ".weight", out, in);
      parameters.put(weights, key + ".bias", out);
    }
  }

  /** One after the other. */
  record Sequence(List<Op> ops) implements Op {

    static Sequence of(Op... ops) {
      return new Sequence(List.of(ops));
    }

    @Override
    public Shape shape(Shape s) {
      for (Op op : ops) {
        s = op.shape(s);
      }
      return s;
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      for (Op op : ops) {
        x = op.forward(x, p);
      }
      return x;
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      ops.forEach(op -> op.load(weights, parameters));
    }
  }

  /** Branches from one input, their outputs put side by side as channels. */
  record Branches(List<Op> branches) implements Op {

    static Branches of(Op... branches) {
      return new Branches(List.of(branches));
    }

    @Override
    public Shape shape(Shape s) {
      List<Shape> outs = branches.stream().map(b -> b.shape(s)).toList();
      long channels = outs.stream().mapToLong(o -> o.get(1)).sum();
      return new Shape(s.get(0), channels, outs.get(0).get(2), outs.get(0).get(3));
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      NDList outs = new NDList();
      branches.forEach(b -> outs.add(b.forward(x, p)));
      return NDArrays.concat(outs, 1);
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      branches.forEach(b -> b.load(weights, parameters));
    }
  }
}
