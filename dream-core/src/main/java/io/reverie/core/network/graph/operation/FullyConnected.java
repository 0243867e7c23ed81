package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import io.reverie.core.weights.tensor.StateDict;
import java.util.Optional;

/**
 * A fully connected layer from the channels of a single cell to those of another: {@code alpha * x
 * * matrix + beta * bias}.
 *
 * @param matrix name of the matrix in the weights
 * @param transposed whether it is (out, in) rather than (in, out)
 * @param bias name of the bias: one number, or one for each output
 */
public record FullyConnected(
    String matrix,
    boolean transposed,
    int in,
    int out,
    double alpha,
    Optional<String> bias,
    double beta)
    implements Step {

  @Override
  public Shape shape(Shape s) {
    long side = Math.min(1, Math.min(s.get(2), s.get(3)));
    return new Shape(s.get(0), out, side, side);
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    NDArray weights = p.get(matrix);
    NDArray y =
        x.reshape(x.getShape().get(0), in).matMul(transposed ? weights.transpose() : weights);
    NDArray scaled = alpha == 1 ? y : y.mul(alpha);
    return bias.map(name -> scaled.add(p.get(parameter(name))))
        .orElse(scaled)
        .reshape(-1, out, 1, 1);
  }

  private String parameter(String name) {
    return "%s times %s".formatted(name, beta);
  }

  @Override
  public void load(StateDict weights, Parameters.Builder parameters) {
    parameters.put(weights, matrix, transposed ? out : in, transposed ? in : out);
    bias.ifPresent(
        name -> {
          float[] values = weights.get(name).values();
          double[] exact = new double[out];
          for (int i = 0; i < out; i++) {
            exact[i] = beta * values[values.length == 1 ? 0 : i];
          }
          parameters.put(parameter(name), exact, 1, out);
        });
  }
}
