package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.reverie.core.network.graph.PaddedWindow;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.Parameters;

/**
 * Average pooling with any padding.
 *
 * @param counted whether padding counts as zeros; otherwise each mean is that of the cells of the
 *     input in its window. What only exceeds the padded input never counts
 */
public record PaddedAveragePool(PaddedWindow window, boolean counted) implements WindowStep {

  @Override
  public Shape shape(Shape s) {
    return window.outputShape(s, s.get(1));
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    Shape in = x.getShape();
    Margin padding = window.paddingOf(in);
    Margin whole = window.reachOf(in);
    NDArray sums = mean(whole.around(x, 0));
    if (whole.equals(Margin.NONE) || (counted && whole.equals(padding))) {
      return sums;
    }
    // Ones where a cell counts, so that their mean is the share of the window that does.
    NDArray ones = p.onesLike(x, 1, 1, in.get(2), in.get(3));
    Margin beyond =
        new Margin(0, 0, whole.bottom() - padding.bottom(), whole.right() - padding.right());
    NDArray counting = counted ? beyond.around(padding.around(ones, 1), 0) : whole.around(ones, 0);
    return sums.div(mean(counting));
  }

  /** No padding for the engine, which already gets padded maps; DJL requires the argument. */
  private NDArray mean(NDArray padded) {
    Shape none = Margin.NONE.symmetric();
    return Pool.avgPool2d(padded, window.kernel(), window.strides(), none, false, true);
  }
}
