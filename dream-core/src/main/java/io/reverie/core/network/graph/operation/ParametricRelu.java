package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import io.reverie.core.weights.tensor.StateDict;

/**
 * A ReLU with a learned slope below 0.
 *
 * @param key name of the slopes in the weights
 * @param channels number of slopes; 1 for one that all channels share
 */
public record ParametricRelu(String key, int channels) implements Step {

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    return Torch.relu(x).sub(Torch.relu(x.neg()).mul(p.get(parameter())));
  }

  private String parameter() {
    return "slopes " + key;
  }

  @Override
  public void load(StateDict weights, Parameters.Builder parameters) {
    float[] slopes = weights.get(key).values();
    double[] exact = new double[channels];
    for (int i = 0; i < channels; i++) {
      exact[i] = slopes[i];
    }
    parameters.put(parameter(), exact, 1, channels, 1, 1);
  }
}
