package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import io.reverie.core.weights.tensor.StateDict;

/**
 * A trained batch norm as a step of its own.
 *
 * @param tensors names of its tensors in the weights
 * @param epsilon added to the variance
 */
public record Normalization(Tensors tensors, int channels, double epsilon) implements Step {

  /** The names of a batch norm's tensors. */
  public record Tensors(String scale, String shift, String mean, String variance) {}

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    return x.mul(p.get(parameter("factor"))).add(p.get(parameter("shift")));
  }

  private String parameter(String part) {
    return "%s of %s %s".formatted(part, tensors, epsilon);
  }

  @Override
  public void load(StateDict weights, Parameters.Builder parameters) {
    float[] scale = weights.get(tensors.scale(), channels).values();
    float[] shift = weights.get(tensors.shift(), channels).values();
    float[] mean = weights.get(tensors.mean(), channels).values();
    float[] variance = weights.get(tensors.variance(), channels).values();
    double[] factor = new double[channels];
    double[] constant = new double[channels];
    for (int c = 0; c < channels; c++) {
      factor[c] = scale[c] / Math.sqrt(variance[c] + epsilon);
      constant[c] = shift[c] - mean[c] * factor[c];
    }
    parameters.put(parameter("factor"), factor, 1, channels, 1, 1);
    parameters.put(parameter("shift"), constant, 1, channels, 1, 1);
  }
}
