package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import io.reverie.core.weights.tensor.StateDict;
import java.util.List;

/**
 * Joins each value with a constant: one number, or one for each channel.
 *
 * @param key name of the constant in the weights
 * @param channels of the constant; 1 for one number
 * @param first whether the constant comes before the values, as in 1 - x
 */
public record Constant(Join join, String key, int channels, boolean first) implements Step {

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    NDArray constant = p.get(parameter());
    return join.of(first ? List.of(constant, x) : List.of(x, constant));
  }

  /** Apart from other uses of the same tensor in other shapes. */
  private String parameter() {
    return "constant " + key;
  }

  @Override
  public void load(StateDict weights, Parameters.Builder parameters) {
    float[] values = weights.get(key).values();
    double[] exact = new double[channels];
    for (int i = 0; i < channels; i++) {
      exact[i] = values[i];
    }
    parameters.put(parameter(), exact, 1, channels, 1, 1);
  }
}
