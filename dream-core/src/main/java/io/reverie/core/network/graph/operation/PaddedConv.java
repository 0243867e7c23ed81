package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.reverie.core.network.graph.PaddedWindow;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.weights.tensor.StateDict;
import java.util.Optional;

/**
 * A convolution in groups of channels, with any padding.
 *
 * @param kernel name of its kernel in the weights, (out, in / groups, height, width)
 * @param bias name of its bias
 * @param groups number of parts into which the channels are divided; each output sees one part
 */
public record PaddedConv(
    String kernel, Optional<String> bias, int in, int out, int groups, PaddedWindow window)
    implements WindowStep {

  @Override
  public Shape shape(Shape s) {
    return window.outputShape(s, out);
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    Margin padding = window.paddingOf(x.getShape());
    boolean symmetric = padding.isSymmetric();
    NDArray padded = symmetric ? x : padding.around(x, 0);
    return Conv2d.conv2d(
            padded,
            p.get(kernel),
            bias.map(p::get).orElse(null),
            window.strides(),
            symmetric ? padding.symmetric() : Margin.NONE.symmetric(),
            window.dilations(),
            groups)
        .singletonOrThrow();
  }

  @Override
  public void load(StateDict weights, Parameters.Builder parameters) {
    parameters.put(weights, kernel, out, in / groups, window.height(), window.width());
    bias.ifPresent(name -> parameters.put(weights, name, out));
  }
}
