package io.reverie.core.network.graph.evaluation;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.network.graph.GraphEvaluator;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.PaddedConv;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the convolutions before some layers and the shapes of their inputs. */
public final class ConvolutionInputs implements GraphEvaluator<Shape> {

  /**
   * A convolution of a network.
   *
   * @param input (1, channels, h, w)
   */
  public record Convolution(Step step, Shape input) {}

  private final List<Convolution> found = new ArrayList<>();
  private final Set<String> missing;

  private ConvolutionInputs(Set<String> layers) {
    this.missing = new HashSet<>(layers);
  }

  /** Lists what a forward pass to these layers computes for an image of a certain size. */
  public static List<Convolution> of(Op op, Size size, Set<String> layers) {
    ConvolutionInputs evaluator = new ConvolutionInputs(layers);
    op.run(new Shape(1, 3, size.height(), size.width()), evaluator);
    return List.copyOf(evaluator.found);
  }

  @Override
  public Shape step(Step step, Shape x) {
    boolean convolution =
        step instanceof Step.Conv || step instanceof Step.NormedConv || step instanceof PaddedConv;
    if (convolution && !missing.isEmpty()) {
      found.add(new Convolution(step, x));
    }
    return step.shape(x);
  }

  @Override
  public void auxiliary(Op.Auxiliary head, Shape x) {
    if (head.layers().stream().anyMatch(layer -> missing.contains(layer.name()))) {
      head.runLayers(x, this);
    }
  }

  @Override
  public Shape concat(List<Shape> parts) {
    Shape first = parts.get(0);
    long channels = parts.stream().mapToLong(part -> part.get(1)).sum();
    return new Shape(first.get(0), channels, first.get(2), first.get(3));
  }

  @Override
  public Shape sum(Shape a, Shape b) {
    return a;
  }

  @Override
  public Shape join(Join how, List<Shape> parts) {
    return how.shape(parts);
  }

  @Override
  public Shape layer(String name, Shape value) {
    missing.remove(name);
    return value;
  }
}
