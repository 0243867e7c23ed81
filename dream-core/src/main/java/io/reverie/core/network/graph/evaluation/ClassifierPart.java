package io.reverie.core.network.graph.evaluation;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Auxiliary;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The end of a network, which turns features into classes, and what weights change about it. */
public final class ClassifierPart {

  private ClassifierPart() {}

  /**
   * Returns the key of the step whose output is a layer.
   *
   * @param layer of the classes
   * @return the layer itself if no step has tensors there
   */
  public static String key(Op op, String layer) {
    return find(op, layer)
        .map(named -> StepTensors.of(named.op()))
        .filter(steps -> !steps.isEmpty())
        .map(steps -> steps.get(steps.size() - 1).key())
        .orElse(layer);
  }

  private static Optional<Named> find(Op op, String layer) {
    if (op instanceof Named named) {
      return named.name().equals(layer) ? Optional.of(named) : find(named.op(), layer);
    }
    return op instanceof Sequence sequence
        ? sequence.ops().stream().flatMap(each -> find(each, layer).stream()).findFirst()
        : Optional.empty();
  }

  /**
   * Returns the keys of the steps from the pooling of the whole image on, or from the operation
   * with the layer of the classes on.
   *
   * @param key of the step of the classes
   */
  public static Set<String> keys(Op body, String key) {
    Set<String> keys = new HashSet<>();
    boolean begun = false;
    for (Op op : body instanceof Sequence sequence ? sequence.ops() : List.of(body)) {
      begun |= begins(op, key);
      if (begun) {
        StepTensors.of(op).forEach(step -> keys.add(step.key()));
      }
    }
    return keys;
  }

  private static boolean begins(Op op, String key) {
    boolean[] found = {false};
    if (op instanceof Auxiliary) {
      return false;
    }
    op.forEachStep(
        step ->
            found[0] |=
                step instanceof Step.AdaptivePool
                    || StepTensors.of(step).filter(s -> s.key().equals(key)).isPresent());
    return found[0];
  }

  /**
   * Returns the network with another number of outputs of one step.
   *
   * @param key of the step
   */
  public static Op withOutputs(Op op, String key, int outputs) {
    if (op instanceof Named named) {
      return new Named(named.name(), withOutputs(named.op(), key, outputs));
    }
    if (op instanceof Sequence sequence) {
      return new Sequence(
          sequence.ops().stream().map(each -> withOutputs(each, key, outputs)).toList());
    }
    if (op instanceof Auxiliary head) {
      return new Auxiliary(
          head.layers().stream()
              .map(layer -> new Named(layer.name(), withOutputs(layer.op(), key, outputs)))
              .toList());
    }
    if (op instanceof Step.Conv conv && conv.key().equals(key)) {
      return new Step.Conv(key, conv.in(), outputs, conv.window(), conv.groups());
    }
    if (op instanceof Step.Linear linear && linear.key().equals(key)) {
      return new Step.Linear(key, linear.in(), outputs);
    }
    return op;
  }

  /**
   * Returns the network up to a step, without the step and without what follows it in its own and
   * each enclosing sequence.
   *
   * @param key of the step
   */
  public static Op before(Op op, String key) {
    if (op instanceof Named named) {
      return new Named(named.name(), before(named.op(), key));
    }
    if (!(op instanceof Sequence sequence)) {
      return op;
    }
    List<Op> kept = new ArrayList<>();
    for (Op each : sequence.ops()) {
      boolean last = StepTensors.of(each).stream().anyMatch(step -> step.key().equals(key));
      if (!last) {
        kept.add(each);
        continue;
      }
      Op rest = before(each, key);
      // An empty layer is dropped.
      if (!rest.equals(each) && hasSteps(rest)) {
        kept.add(rest);
      }
      break;
    }
    return new Sequence(kept);
  }

  private static boolean hasSteps(Op op) {
    boolean[] found = {false};
    op.forEachStep(step -> found[0] = true);
    return found[0];
  }
}
