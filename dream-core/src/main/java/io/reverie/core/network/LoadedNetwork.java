package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.engine.Precision;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.LayerNames;
import io.reverie.core.network.graph.Reach;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The parts that networks of any origin share. */
abstract sealed class LoadedNetwork implements Network permits LayerNetwork, ScriptNetwork {

  private final String name;
  private final Preprocessing preprocessing;
  private final int minimumSide;
  private final NDManager manager;
  private final Precision precision;

  /**
   * Sets the common parts.
   *
   * @param minimumSide side in pixels below which a dream shows nothing
   * @param manager closed with the network
   * @param precision of {@link #activations} and {@link #headActivations}
   */
  LoadedNetwork(
      String name,
      Preprocessing preprocessing,
      int minimumSide,
      NDManager manager,
      Precision precision) {
    this.name = name;
    this.preprocessing = preprocessing;
    this.minimumSide = minimumSide;
    this.manager = manager;
    this.precision = precision;
  }

  /** Returns stride and receptive field of every layer, in the network's order. */
  abstract Map<String, Optional<Reach>> reaches();

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final NDManager manager() {
    return manager;
  }

  final Preprocessing preprocessing() {
    return preprocessing;
  }

  final int minimumSide() {
    return minimumSide;
  }

  @Override
  public final Optional<Reach> reach(String layer) {
    requireKnown(Set.of(layer));
    return Objects.requireNonNull(reaches().get(layer));
  }

  /** Runs part of the network in its precision. */
  final Map<String, NDArray> run(Set<String> layers, Supplier<Map<String, NDArray>> forward) {
    return precision.run(manager.getDevice(), layers, forward);
  }

  final void requireKnown(Set<String> layers) {
    layers.forEach(layer -> LayerNames.require(reaches().keySet(), layer, name));
  }

  @Override
  public final void close() {
    manager.close();
  }
}
