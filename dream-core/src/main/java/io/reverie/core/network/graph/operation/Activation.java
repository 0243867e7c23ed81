package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;

/**
 * A function of each value.
 *
 * @param a first number of the function
 * @param b second number of the function
 */
public record Activation(Function function, double a, double b) implements Step {

  /** Which function of x, a and b. */
  public enum Function {
    /** a x below 0, x above. */
    LEAKY_RELU {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.getNDArrayInternal().leakyRelu((float) a);
      }
    },
    /** a (exp(x) - 1) below 0, x above. */
    ELU {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.getNDArrayInternal().elu((float) a);
      }
    },
    /** x, but at least a and at most b. */
    CLIP {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.clip(a, b);
      }
    },
    SIGMOID {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.getNDArrayInternal().sigmoid();
      }
    },
    TANH {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.tanh();
      }
    },
    /** a x + b between 0 and 1. */
    HARD_SIGMOID {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.mul(a).add(b).clip(0.0, 1.0);
      }
    },
    /** x times its hard sigmoid. */
    HARD_SWISH {
      @Override
      NDArray of(NDArray x, double a, double b) {
        return x.mul(HARD_SIGMOID.of(x, a, b));
      }
    };

    abstract NDArray of(NDArray x, double a, double b);
  }

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    return function.of(x, a, b);
  }
}
