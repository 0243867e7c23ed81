package io.reverie.core.network.graph.evaluation;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.network.graph.GraphEvaluator;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Step;
import java.util.ArrayList;
import java.util.List;

/** Lists the layers that have an output for an image of a certain size. */
public final class LayerShapes implements GraphEvaluator<Shape> {

  private final List<Layer> layers = new ArrayList<>();

  /** Whether the input of a step was too small: {@link Forward} gets no further. */
  private boolean stuck;

  private LayerShapes() {}

  public static List<Layer> of(Op op, Size size) {
    LayerShapes evaluator = new LayerShapes();
    op.run(new Shape(1, 3, size.height(), size.width()), evaluator);
    return evaluator.layers;
  }

  @Override
  public Shape step(Step step, Shape x) {
    Shape out = step.shape(x);
    stuck |= Math.min(out.get(2), out.get(3)) < 1;
    return out;
  }

  /** An image that is too small for an auxiliary classifier may suffice for the rest. */
  @Override
  public void auxiliary(Op.Auxiliary head, Shape x) {
    boolean before = stuck;
    head.runLayers(x, this);
    stuck = before;
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
    if (!stuck) {
      layers.add(new Layer(name, value.get(1), value.get(2), value.get(3)));
    }
    return value;
  }
}
