package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import io.reverie.core.weights.tensor.StateDict;

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3): {@code x_c /
 * (k + alpha / size * sum of x_i^2)^beta}, where i runs over the {@code size} channels around c
 * that exist. This is Caffe's and PyTorch's form; TensorFlow's has no division: radius r, bias b
 * and alpha a are size 2r + 1, k = b and alpha = (2r + 1) a here.
 *
 * <p>The sums are a 1x1 convolution of the squares with a banded matrix, which is exact and costs
 * about as much as one of the network's own.
 *
 * @param key of this step's matrix; no tensor of the weights may have it
 * @param size odd number of channels
 */
public record ResponseNorm(String key, int channels, int size, double alpha, double beta, double k)
    implements Step {

  private static final Shape ONE = new Shape(1, 1);

  public ResponseNorm {
    if (size < 1 || size % 2 == 0 || !(k > 0) || alpha < 0) {
      throw new IllegalArgumentException(
          "a response norm cannot have the size %d, alpha %s and k %s".formatted(size, alpha, k));
    }
  }

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    NDArray squares = x.mul(x);
    NDArray scale =
        Conv2d.conv2d(squares, p.get(key + ".band"), p.get(key + ".k"), ONE, new Shape(0, 0), ONE)
            .singletonOrThrow();
    return x.mul(scale.pow(p.get(key + ".power")));
  }

  @Override
  public void load(StateDict weights, Parameters.Builder parameters) {
    double[] band = new double[channels * channels];
    double[] constant = new double[channels];
    for (int c = 0; c < channels; c++) {
      constant[c] = k;
      int last = Math.min(channels - 1, c + size / 2);
      for (int i = Math.max(0, c - size / 2); i <= last; i++) {
        band[c * channels + i] = alpha / size;
      }
    }
    parameters.put(key + ".band", band, channels, channels, 1, 1);
    parameters.put(key + ".k", constant, channels);
    // A tensor, because DJL asks for the type of what it raises to a number.
    parameters.put(key + ".power", new double[] {-beta}, 1);
  }
}
