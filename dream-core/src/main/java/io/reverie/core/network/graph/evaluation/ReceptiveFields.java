package io.reverie.core.network.graph.evaluation;

import io.reverie.core.network.graph.GraphEvaluator;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.ReceptiveField;
import io.reverie.core.network.graph.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes the receptive fields of all layers; empty for layers whose cells see the whole image.
 */
public final class ReceptiveFields implements GraphEvaluator<Optional<ReceptiveField>> {

  private final Map<String, Optional<Reach>> layers = new LinkedHashMap<>();

  private ReceptiveFields() {}

  /** Returns stride and field by layer, in the network's order. */
  public static Map<String, Optional<Reach>> of(Op op) {
    ReceptiveFields evaluator = new ReceptiveFields();
    op.run(Optional.of(ReceptiveField.PIXEL), evaluator);
    return evaluator.layers;
  }

  @Override
  public Optional<ReceptiveField> step(Step step, Optional<ReceptiveField> x) {
    return x.flatMap(step::field);
  }

  @Override
  public Optional<ReceptiveField> concat(List<Optional<ReceptiveField>> parts) {
    return largest(parts);
  }

  @Override
  public Optional<ReceptiveField> sum(Optional<ReceptiveField> a, Optional<ReceptiveField> b) {
    return largest(List.of(a, b));
  }

  @Override
  public Optional<ReceptiveField> join(Join how, List<Optional<ReceptiveField>> parts) {
    return largest(parts);
  }

  /** A cell sees the whole image if it does so through one of its inputs. */
  private static Optional<ReceptiveField> largest(List<Optional<ReceptiveField>> parts) {
    return parts.stream().reduce((a, b) -> a.flatMap(x -> b.map(x::max))).orElseThrow();
  }

  @Override
  public Optional<ReceptiveField> layer(String name, Optional<ReceptiveField> value) {
    layers.put(name, value.map(ReceptiveField::reach));
    return value;
  }
}
