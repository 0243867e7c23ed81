package io.reverie.core.network.graph.evaluation;

import io.reverie.core.network.graph.GraphEvaluator;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.ReceptiveField;
import io.reverie.core.network.graph.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the layer before the adaptive pooling. It counts only if all that comes after it depends on
 * the image through this pooling alone, so that it can be computed from the pooled maps.
 */
public final class TrunkFinder implements GraphEvaluator<TrunkFinder.Value> {

  private static final String NAMELESS = "";

  private final Set<String> after = new HashSet<>();

  private Optional<Head> head = Optional.empty();

  /** Whether a cell sees the whole image other than through the one pooling. */
  private boolean elsewhere;

  /**
   * The value that flows from step to step.
   *
   * @param layer name of the last layer, empty after an unnamed step
   * @param whole whether each cell depends on the whole image
   */
  record Value(String layer, boolean whole) {}

  private TrunkFinder() {}

  /** Returns the pooling; empty if the network has none, or more than that. */
  public static Optional<Head> of(Op op) {
    TrunkFinder evaluator = new TrunkFinder();
    op.run(new Value(NAMELESS, false), evaluator);
    return evaluator.elsewhere
        ? Optional.empty()
        : evaluator.head.map(head -> new Head(head.trunk(), evaluator.after, head.bins()));
  }

  @Override
  public Value step(Step step, Value x) {
    if (step instanceof Step.AdaptivePool pool) {
      elsewhere |= head.isPresent() || x.layer().isEmpty();
      head = Optional.of(new Head(x.layer(), Set.of(), pool.bins()));
      return new Value(NAMELESS, true);
    }
    boolean whole = x.whole() || step.field(ReceptiveField.PIXEL).isEmpty();
    return after(new Value(NAMELESS, whole), x.whole());
  }

  /** Notes a value that is not made from the pooled maps alone, although it is whole or later. */
  private Value after(Value value, boolean pooled) {
    elsewhere |= !pooled && (value.whole() || head.isPresent());
    return value;
  }

  /** What comes after the network's own pooling does not depend on it. */
  @Override
  public void auxiliary(Op.Auxiliary head, Value x) {}

  @Override
  public Value concat(List<Value> parts) {
    return join(Join.CONCAT, parts);
  }

  @Override
  public Value sum(Value a, Value b) {
    return join(Join.SUM, List.of(a, b));
  }

  @Override
  public Value join(Join how, List<Value> parts) {
    boolean whole = parts.stream().anyMatch(Value::whole);
    return after(new Value(NAMELESS, whole), parts.stream().allMatch(Value::whole));
  }

  @Override
  public Value layer(String name, Value value) {
    if (value.whole()) {
      after.add(name);
    }
    return new Value(name, value.whole());
  }
}
