package io.reverie.core.network.graph;

import java.util.List;
import java.util.Optional;

/**
 * Finds the layer before the adaptive pooling. The value that flows is the name of the last layer,
 * empty after an unnamed step.
 */
public final class TrunkFinder implements GraphEvaluator<String> {

  private static final String NAMELESS = "";

  private Optional<Head> head = Optional.empty();

  private TrunkFinder() {}

  /** Returns the pooling; empty if the network has none. */
  public static Optional<Head> of(Op op) {
    TrunkFinder evaluator = new TrunkFinder();
    op.run(NAMELESS, evaluator);
    return evaluator.head;
  }

  @Override
  public String step(Step step, String x) {
    if (step instanceof Step.AdaptivePool pool) {
      head = Optional.of(new Head(x, pool.bins()));
    }
    return NAMELESS;
  }

  @Override
  public String concat(List<String> parts) {
    return NAMELESS;
  }

  @Override
  public String sum(String a, String b) {
    return NAMELESS;
  }

  @Override
  public String layer(String name, String value) {
    return name;
  }
}
