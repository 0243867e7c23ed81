package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Forward;
import io.reverie.core.network.graph.Head;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.LayerShapes;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.ReceptiveFields;
import io.reverie.core.network.graph.TrunkFinder;
import io.reverie.core.network.graph.UnknownLayer;
import io.reverie.core.weights.StateDict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A network as a tree of operations, run by direct tensor operations. */
final class LayerNetwork implements Network {

  private static final int LARGEST_SIDE = 1 << 14;

  private final String name;
  private final Op body;
  private final Preprocessing preprocessing;
  private final int smallestUseful;
  private final NDManager manager;
  private final Parameters parameters;
  private final Map<String, Optional<Reach>> reaches;
  private final Optional<Head> head;

  /**
   * Loads the weights.
   *
   * @param smallestUseful the side in pixels below which a dream shows nothing
   * @param manager owned, closed with the network
   */
  LayerNetwork(
      String name,
      Op body,
      Preprocessing preprocessing,
      int smallestUseful,
      StateDict weights,
      NDManager manager,
      DataType type) {
    this.name = name;
    this.body = body;
    this.preprocessing = preprocessing;
    this.smallestUseful = smallestUseful;
    this.manager = manager;
    this.reaches = reaches(name, body);
    this.head = TrunkFinder.of(body);
    Parameters.Builder builder = new Parameters.Builder(manager, type);
    body.forEachStep(step -> step.load(weights, builder));
    this.parameters = builder.build();
  }

  private static Map<String, Optional<Reach>> reaches(String name, Op body) {
    try {
      return ReceptiveFields.of(body);
    } catch (IllegalArgumentException e) {
      throw new DreamException("network %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public List<Layer> layers(Size size) {
    return LayerShapes.of(body, size);
  }

  @Override
  public int minimumSide(String layer) {
    requireKnown(Set.of(layer));
    int side = smallestUseful;
    while (layers(new Size(side, side)).stream().noneMatch(l -> l.name().equals(layer))) {
      side++;
      if (side > LARGEST_SIDE) {
        throw new DreamException(
            "the layer %s of the network %s gives nothing out for images of %d px"
                .formatted(layer, name, LARGEST_SIDE));
      }
    }
    return side;
  }

  @Override
  public Map<String, NDArray> activations(NDArray nhwc, Set<String> layers) {
    requireKnown(layers);
    return Forward.of(body, preprocessing.apply(nhwc), parameters, layers);
  }

  @Override
  public Optional<Reach> reach(String layer) {
    requireKnown(Set.of(layer));
    return Objects.requireNonNull(reaches.get(layer));
  }

  @Override
  public Optional<Head> head() {
    return head;
  }

  @Override
  public Map<String, NDArray> headActivations(NDArray pooled, Set<String> layers) {
    requireKnown(layers);
    if (layers.stream().anyMatch(layer -> Objects.requireNonNull(reaches.get(layer)).isPresent())) {
      throw new IllegalArgumentException(
          "not all of %s stand behind the pooling of %s".formatted(layers, name));
    }
    return Forward.ofHead(body, pooled, parameters, layers);
  }

  private void requireKnown(Set<String> layers) {
    layers.forEach(layer -> UnknownLayer.unlessIn(reaches.keySet(), layer, name));
  }

  @Override
  public void close() {
    manager.close();
  }
}
