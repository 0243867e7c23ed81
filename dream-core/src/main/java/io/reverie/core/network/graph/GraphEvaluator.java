package io.reverie.core.network.graph;

import java.util.List;
import java.util.function.Supplier;

/**
 * Computes one value per step of a network, from the inputs to the outputs: tensors, shapes,
 * receptive fields.
 *
 * @param <T> the value that flows from step to step
 */
public interface GraphEvaluator<T> {

  T step(Step step, T x);

  /** Concatenates along channels. */
  T concat(List<T> parts);

  T sum(T a, T b);

  /**
   * Combines several values into one.
   *
   * @param parts at least one
   */
  T join(Join how, List<T> parts);

  /** Handles the output of a named layer and returns the value that flows on. */
  T layer(String name, T value);

  /** Handles an auxiliary classifier, whose outputs no other step uses. */
  default void auxiliary(Op.Auxiliary head, T x) {
    head.runLayers(x, this);
  }

  /** Handles a layer whose output no other step uses. */
  default void sideOutput(String name, Supplier<T> value) {
    layer(name, value.get());
  }
}
