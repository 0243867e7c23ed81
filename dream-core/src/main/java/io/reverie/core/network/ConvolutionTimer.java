package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.graph.evaluation.ConvolutionInputs.Convolution;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Times the convolutions of a network alone, one by one, forward and backward to their input. No
 * gradient step with the same engine can be faster, so their share of a step's time tells what is
 * left to gain.
 */
public final class ConvolutionTimer {

  private ConvolutionTimer() {}

  /**
   * Runs every convolution before some layers once.
   *
   * @param size of the image
   * @return seconds; empty for a TorchScript module, whose operations are unknown
   */
  public static OptionalDouble seconds(Network network, Size size, Set<String> layers) {
    if (!(network instanceof LayerNetwork known)) {
      return OptionalDouble.empty();
    }
    double seconds = 0;
    for (Convolution convolution : known.convolutions(size, layers)) {
      seconds += seconds(known, convolution);
    }
    return OptionalDouble.of(seconds);
  }

  private static double seconds(LayerNetwork network, Convolution convolution) {
    Shape in = convolution.input();
    try (NDManager scope = network.manager().newSubManager()) {
      Shape nhwc = new Shape(in.get(0), in.get(2), in.get(3), in.get(1));
      NDArray x = scope.randomUniform(-1, 1, nhwc, DataType.FLOAT32);
      long start = System.nanoTime();
      Torch.pullback(x, scope, leaf -> network.run(convolution, leaf), y -> y);
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
