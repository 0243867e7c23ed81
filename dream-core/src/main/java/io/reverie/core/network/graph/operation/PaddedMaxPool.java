package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.reverie.core.network.graph.PaddedWindow;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.Parameters;

/** Max pooling with any padding, which counts as minus infinity. */
public record PaddedMaxPool(PaddedWindow window) implements WindowStep {

  @Override
  public Shape shape(Shape s) {
    return window.outputShape(s, s.get(1));
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    Shape in = x.getShape();
    if (window.isPoolingOf(in)) {
      Shape padding = window.paddingOf(in).symmetric();
      return Pool.maxPool2d(x, window.kernel(), window.strides(), padding, window.ceil());
    }
    NDArray padded = window.reachOf(in).around(x, Double.NEGATIVE_INFINITY);
    Shape none = Margin.NONE.symmetric();
    return Pool.maxPool2d(padded, window.kernel(), window.strides(), none, false);
  }
}
