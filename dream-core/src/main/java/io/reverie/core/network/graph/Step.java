package io.reverie.core.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.reverie.core.engine.Torch;
import io.reverie.core.weights.tensor.StateDict;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One computation of a network, from one tensor (N, C, H, W) to the next. */
public non-sealed interface Step extends Op {

  /** Returns the output shape; a side below 1 means that the input is too small. */
  Shape shape(Shape in);

  NDArray forward(NDArray x, Parameters parameters);

  /** Returns the receptive field after this step; empty if each cell sees the whole image. */
  default Optional<ReceptiveField> field(ReceptiveField in) {
    return Optional.of(in);
  }

  /** Returns whether the places of the cells depend on the size of the input. */
  default boolean dependsOnSize() {
    return false;
  }

  /** Loads this step's tensors from the weights. */
  default void load(StateDict weights, Parameters.Builder parameters) {}

  @Override
  default <T> T run(T x, GraphEvaluator<T> evaluator) {
    return evaluator.step(this, x);
  }

  @Override
  default void forEachStep(Consumer<Step> action) {
    action.accept(this);
  }

  /** A step whose outputs see a window of the input. */
  interface Windowed extends Step {

    SlidingWindow window();

    @Override
    default Optional<ReceptiveField> field(ReceptiveField seen) {
      return Optional.of(seen.after(window()));
    }

    @Override
    default boolean dependsOnSize() {
      return window().dependsOnSize();
    }
  }

  /**
   * A convolution with bias.
   *
   * @param key prefix of its {@code .weight} and {@code .bias} in the weights
   * @param groups into which the channels are divided; each group of outputs sees one of inputs
   */
  record Conv(String key, int in, int out, SlidingWindow window, int groups) implements Windowed {

    public Conv {
      if (groups < 1 || in % groups != 0 || out % groups != 0) {
        throw new IllegalArgumentException(
            "%d and %d channels cannot be divided into %d groups".formatted(in, out, groups));
      }
    }

    public Conv(String key, int in, int out, SlidingWindow window) {
      this(key, in, out, window, 1);
    }

    @Override
    public Shape shape(Shape s) {
      return window.outputShape(s, out, false);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return convolve(x, p.get(key + ".weight"), p.find(key + ".bias"), window, groups);
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      parameters.put(weights, key + ".weight", out, in / groups, window.height(), window.width());
      parameters.put(weights, key + ".bias", out);
    }

    static NDArray convolve(
        NDArray x, NDArray kernel, @Nullable NDArray bias, SlidingWindow window, int groups) {
      Shape padding = window.padding(x.getShape());
      Shape excess = window.excess(x.getShape());
      NDArray padded = excess.get(0) + excess.get(1) == 0 ? x : padded(x, excess);
      return Conv2d.conv2d(padded, kernel, bias, window.strides(), padding, new Shape(1, 1), groups)
          .singletonOrThrow();
    }

    /** Adds zeros below and on the right. */
    private static NDArray padded(NDArray x, Shape excess) {
      return x.pad(new Shape(0, excess.get(1), 0, excess.get(0)), 0);
    }
  }

  /**
   * A convolution without bias, with the following batch norm folded in, which halves the memory
   * traffic.
   *
   * @param key prefix of the convolution's {@code .weight} in the weights
   * @param norm prefix of the batch norm's tensors
   * @param epsilon added to the variance by the batch norm
   */
  record NormedConv(String key, String norm, double epsilon, int in, int out, SlidingWindow window)
      implements Windowed {
    @Override
    public Shape shape(Shape s) {
      return window.outputShape(s, out, false);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return Conv.convolve(x, p.get(key + ".weight"), p.find(key + ".bias"), window, 1);
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      BatchNorm.of(norm, out, epsilon, weights).fold(this, weights, parameters);
    }
  }

  /** The output of a convolution before its batch norm, recovered from the folded tensors. */
  record RawConv(NormedConv normed) implements Windowed {
    @Override
    public Shape shape(Shape s) {
      return normed.shape(s);
    }

    @Override
    public SlidingWindow window() {
      return normed.window();
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      NDArray scaled = Conv.convolve(x, p.get(normed.key() + ".weight"), null, normed.window(), 1);
      return scaled.div(p.get(normed.key() + ".factor"));
    }
  }

  record Relu() implements Step {
    @Override
    public Shape shape(Shape s) {
      return s;
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return Torch.relu(x);
    }
  }

  /**
   * Max pooling; padding counts as minus infinity.
   *
   * @param ceil whether the last window may exceed the input, as in Caffe and PyTorch's ceil_mode
   */
  record MaxPool(SlidingWindow window, boolean ceil) implements Windowed {
    @Override
    public Shape shape(Shape s) {
      return window.outputShape(s, s.get(1), ceil);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      // With SAME padding, the last window exceeds the input by the row that is missing below.
      Shape padding = window.padding(x.getShape());
      return Pool.maxPool2d(x, window.kernel(), window.strides(), padding, ceil || window.same());
    }
  }

  /** Average pooling; padding counts as zeros. */
  record AveragePool(SlidingWindow window) implements Windowed {
    @Override
    public Shape shape(Shape s) {
      return window.outputShape(s, s.get(1), false);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      Shape padding = window.padding(x.getShape());
      return Pool.avgPool2d(x, window.kernel(), window.strides(), padding, false, true);
    }
  }

  /** Adaptive average pooling from (N, C, H, W) to (N, C, bins, bins). */
  record AdaptivePool(int bins) implements Step {
    @Override
    public Shape shape(Shape s) {
      long side = Math.min(s.get(2), s.get(3)) < 1 ? 0 : bins;
      return new Shape(s.get(0), s.get(1), side, side);
    }

    @Override
    public Optional<ReceptiveField> field(ReceptiveField seen) {
      return Optional.empty();
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      return Torch.adaptiveAveragePool(x, bins);
    }
  }

  /** A fully connected layer: all values to channels at (1, 1). */
  record Linear(String key, int in, int out) implements Step {
    @Override
    public Shape shape(Shape s) {
      long side = Math.min(1, Math.min(s.get(2), s.get(3)));
      return new Shape(s.get(0), out, side, side);
    }

    @Override
    public NDArray forward(NDArray x, Parameters p) {
      NDArray flat = x.reshape(x.getShape().get(0), in);
      return flat.matMul(p.get(key + ".weight").transpose())
          .add(p.find(key + ".bias"))
          .reshape(-1, out, 1, 1);
    }

    @Override
    public void load(StateDict weights, Parameters.Builder parameters) {
      parameters.put(weights, key + ".weight", out, in);
      parameters.put(weights, key + ".bias", out);
    }
  }
}
