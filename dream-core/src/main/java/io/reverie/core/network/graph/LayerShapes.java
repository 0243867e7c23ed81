package io.reverie.core.network.graph;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import java.util.ArrayList;
import java.util.List;

/** Lists the layers that have an output for an image of a certain size. */
public final class LayerShapes implements GraphEvaluator<Shape> {

  private final List<Layer> layers = new ArrayList<>();

  private LayerShapes() {}

  public static List<Layer> of(Op op, Size size) {
    LayerShapes evaluator = new LayerShapes();
    op.run(new Shape(1, 3, size.height(), size.width()), evaluator);
    return evaluator.layers;
  }

  @Override
  public Shape step(Step step, Shape x) {
    return step.shape(x);
  }

  @Override
  public Shape concat(List<Shape> parts) {
    return Join.CONCAT.shape(parts);
  }

  @Override
  public Shape sum(Shape a, Shape b) {
    return Join.SUM.shape(List.of(a, b));
  }

  @Override
  public Shape join(Join how, List<Shape> parts) {
    return how.shape(parts);
  }

  @Override
  public Shape layer(String name, Shape value) {
    // A side of 0 means that the input of a step was too small.
    if (Math.min(value.get(2), value.get(3)) > 0) {
      layers.add(new Layer(name, value.get(1), value.get(2), value.get(3)));
    }
    return value;
  }
}
