package io.reverie.core.network.graph;

import java.util.List;
import java.util.function.Supplier;

/**
 * One way to go through a network.
 *
 * @param <T> what flows from step to step
 */
interface Pass<T> {

  T step(Step step, T x);

  /** Side by side as channels. */
  T concat(List<T> parts);

  T sum(T a, T b);

  /** Called for every layer in the network's order; gives back what flows on. */
  T layer(String name, T value);

  /** The same for a layer that nothing else needs. */
  default void aside(String name, Supplier<T> value) {
    layer(name, value.get());
  }
}
