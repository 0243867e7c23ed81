package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A TorchScript module that takes a preprocessed (1, 3, H, W) and returns its activations by name.
 */
final class ScriptNetwork implements Network {

  private final String name;
  private final Preprocessing preprocessing;
  private final int smallestUseful;
  private final Optional<Reach> reach;
  private final NDManager manager;
  private final Function<NDArray, Map<String, NDArray>> module;
  private final List<String> names;

  /** Owns and closes {@code manager}. */
  ScriptNetwork(
      String name,
      Preprocessing preprocessing,
      int smallestUseful,
      Optional<Reach> reach,
      Path file,
      NDManager manager) {
    this.name = name;
    this.preprocessing = preprocessing;
    this.smallestUseful = smallestUseful;
    this.reach = reach;
    this.manager = manager;
    this.module = Torch.loadScript(manager, file);
    this.names =
        layers(new Size(smallestUseful, smallestUseful)).stream().map(Layer::name).toList();
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
    try (NDManager scope = manager.newSubManager()) {
      NDArray grey =
          scope.full(new Shape(1, size.height(), size.width(), 3), 128f, DataType.FLOAT32);
      return Torch.withoutGradient(() -> module.apply(preprocessing.apply(grey)))
          .entrySet()
          .stream()
          .filter(e -> e.getValue().getShape().dimension() == 4)
          .sorted(Map.Entry.comparingByKey())
          .map(e -> layer(e.getKey(), e.getValue().getShape()))
          .toList();
    }
  }

  private static Layer layer(String name, Shape shape) {
    return new Layer(name, shape.get(1), shape.get(2), shape.get(3));
  }

  @Override
  public int minimumSide(String layer) {
    UnknownLayer.unlessIn(names, layer, name);
    return smallestUseful;
  }

  @Override
  public Map<String, NDArray> activations(NDArray nhwc, Set<String> layers) {
    layers.forEach(layer -> UnknownLayer.unlessIn(names, layer, name));
    return module.apply(preprocessing.apply(nhwc));
  }

  @Override
  public Optional<Reach> reach(String layer) {
    UnknownLayer.unlessIn(names, layer, name);
    return reach;
  }

  @Override
  public Optional<Head> head() {
    return Optional.empty();
  }

  @Override
  public Map<String, NDArray> headActivations(NDArray pooled, Set<String> layers) {
    throw new UnsupportedOperationException("nobody knows the head of " + name);
  }

  @Override
  public void close() {
    manager.close();
  }
}
