package io.reverie.core.network;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import java.util.ArrayList;
import java.util.List;

/** Lists the layers that give something out for an image of a certain size. */
final class Shapes implements Pass<Shape> {

  private final List<Layer> layers = new ArrayList<>();

  private Shapes() {}

  static List<Layer> of(Op op, Size size) {
    Shapes pass = new Shapes();
    op.run(new Shape(1, 3, size.height(), size.width()), pass);
    return pass.layers;
  }

  @Override
  public Shape step(Step step, Shape x) {
    return step.shape(x);
  }

  @Override
  public Shape concat(List<Shape> parts) {
    Shape first = parts.get(0);
    long channels = parts.stream().mapToLong(part -> part.get(1)).sum();
    // Of branches with windows of several sizes some may get through an image where others do not.
    long height = parts.stream().mapToLong(part -> part.get(2)).min().getAsLong();
    long width = parts.stream().mapToLong(part -> part.get(3)).min().getAsLong();
    return new Shape(first.get(0), channels, height, width);
  }

  @Override
  public Shape sum(Shape a, Shape b) {
    return a;
  }

  @Override
  public Shape layer(String name, Shape value) {
    if (value.get(2) > 0 && value.get(3) > 0) {
      layers.add(new Layer(name, value.get(1), value.get(2), value.get(3)));
    }
    return value;
  }
}
