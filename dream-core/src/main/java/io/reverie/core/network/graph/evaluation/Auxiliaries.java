package io.reverie.core.network.graph.evaluation;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Auxiliary;
import io.reverie.core.network.graph.Op.Sequence;
import java.util.Collection;
import java.util.List;

/** The auxiliary classifiers of a network. */
public final class Auxiliaries {

  private Auxiliaries() {}

  /** Returns them in the network's order. */
  public static List<Auxiliary> of(Op body) {
    return body instanceof Sequence sequence
        ? sequence.ops().stream()
            .filter(Auxiliary.class::isInstance)
            .map(Auxiliary.class::cast)
            .toList()
        : List.of();
  }

  /**
   * Returns the network without some of them.
   *
   * @param classifiers names of the layers of their classes
   */
  public static Op without(Op body, Collection<String> classifiers) {
    return body instanceof Sequence sequence
        ? new Sequence(sequence.ops().stream().filter(op -> !isOneOf(op, classifiers)).toList())
        : body;
  }

  private static boolean isOneOf(Op op, Collection<String> classifiers) {
    return op instanceof Auxiliary head && classifiers.contains(head.classifier());
  }
}
