package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;

/** Rows and columns of one value around the maps, or negative ones, which are cut off. */
public record Padding(Margin margin, double value) implements Step {

  @Override
  public Shape shape(Shape s) {
    return margin.around(s);
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    return margin.around(x, value);
  }
}
