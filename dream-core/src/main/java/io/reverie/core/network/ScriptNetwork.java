package io.reverie.core.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Head;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.UnknownLayer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A TorchScript module that takes a preprocessed (1, 3, H, W) and returns its activations by name.
 */
final class ScriptNetwork implements Network {

  /**
   * Enough of the stated strides to tell a layer's own from its neighbours', up to this many px.
   */
  private static final int STRIDES = 64;

  private final String name;
  private final Preprocessing preprocessing;
  private final int smallestUseful;
  private final Path file;
  private final NDManager manager;
  private final Function<NDArray, Map<String, NDArray>> module;
  private final Map<String, Optional<Reach>> reaches;

  /**
   * Loads the module and looks at what it gives out.
   *
   * @param stated of the layer whose cells are furthest apart, and of the one that sees most
   * @param manager owned, closed with the network
   * @throws DreamException if the file is no module, if the module fails or gives out nothing that
   *     can be dreamed on, or if its layers are not as stated
   */
  ScriptNetwork(
      String name,
      Preprocessing preprocessing,
      int smallestUseful,
      Optional<Reach> stated,
      Path file,
      NDManager manager) {
    this.name = name;
    this.preprocessing = preprocessing;
    this.smallestUseful = smallestUseful;
    this.file = file;
    this.manager = manager;
    this.module = Torch.loadScript(manager, file);
    List<Layer> layers = layers(new Size(smallestUseful, smallestUseful));
    if (layers.isEmpty()) {
      throw new DreamException(
          "the TorchScript module %s gives out no maps; it must return tensors (1, channels, height, width) by name"
              .formatted(file));
    }
    layers.forEach(this::requireGradient);
    this.reaches = reaches(layers, stated);
  }

  private void requireGradient(Layer layer) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray image = grey(new Size(smallestUseful, smallestUseful), scope);
      Torch.gradient(
          image, scope, leaf -> Objects.requireNonNull(run(leaf).get(layer.name())).sum());
    } catch (EngineException e) {
      throw new DreamException(
          "the TorchScript module %s gives out '%s' without a gradient; leave detach() and no_grad() out of it"
              .formatted(file, layer.name()),
          e);
    }
  }

  /** A layer's own stride is how many cells more it has for so many pixels more. */
  private Map<String, Optional<Reach>> reaches(List<Layer> layers, Optional<Reach> stated) {
    int pixels = STRIDES * stated.map(Reach::stride).orElse(0);
    Map<String, Long> wider =
        layers(new Size(smallestUseful + pixels, smallestUseful)).stream()
            .collect(Collectors.toMap(Layer::name, Layer::width));
    Map<String, Optional<Reach>> reaches = new LinkedHashMap<>();
    for (Layer layer : layers) {
      int cells = (int) (Objects.requireNonNull(wider.get(layer.name())) - layer.width());
      reaches.put(
          layer.name(),
          cells == 0 ? Optional.empty() : stated.map(reach -> reach(layer, reach, cells)));
    }
    return reaches;
  }

  private Reach reach(Layer layer, Reach stated, int cells) {
    int each = cells / STRIDES;
    if (cells % STRIDES != 0 || stated.stride() % each != 0) {
      throw new DreamException(
          "the network %s: a stride of %d px does not fit the layer %s, which has %d cells more for %d px more; state that of the layer whose cells are furthest apart"
              .formatted(name, stated.stride(), layer.name(), cells, STRIDES * stated.stride()));
    }
    return new Reach(stated.stride() / each, stated.field());
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
      return Torch.withoutGradient(() -> run(grey(size, scope))).entrySet().stream()
          .filter(e -> isLayer(e.getValue()))
          .sorted(Map.Entry.comparingByKey())
          .map(e -> layer(e.getKey(), e.getValue().getShape()))
          .toList();
    }
  }

  private static NDArray grey(Size size, NDManager scope) {
    return scope.full(new Shape(1, size.height(), size.width(), 3), 128f, DataType.FLOAT32);
  }

  private static boolean isLayer(NDArray output) {
    Shape shape = output.getShape();
    return shape.dimension() == 4 && shape.get(0) == 1 && output.getDataType().isFloating();
  }

  private static Layer layer(String name, Shape shape) {
    return new Layer(name, shape.get(1), shape.get(2), shape.get(3));
  }

  private Map<String, NDArray> run(NDArray nhwc) {
    try {
      return module.apply(preprocessing.apply(nhwc));
    } catch (EngineException e) {
      Shape shape = nhwc.getShape();
      throw new DreamException(
          "the TorchScript module %s fails on a picture of %dx%d px: %s"
              .formatted(file, shape.get(2), shape.get(1), last(e)),
          e);
    } catch (UnsupportedOperationException e) {
      throw new DreamException(
          "the TorchScript module %s must return tensors by name: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Before it the interpreter shows the module's code. */
  private static String last(EngineException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .reduce("", (all, line) -> line.isBlank() ? all : line);
  }

  @Override
  public int minimumSide(String layer) {
    requireKnown(Set.of(layer));
    return smallestUseful;
  }

  @Override
  public Map<String, NDArray> activations(NDArray nhwc, Set<String> layers) {
    requireKnown(layers);
    return run(nhwc);
  }

  @Override
  public Optional<Reach> reach(String layer) {
    requireKnown(Set.of(layer));
    return Objects.requireNonNull(reaches.get(layer));
  }

  @Override
  public Optional<Head> head() {
    return Optional.empty();
  }

  @Override
  public Map<String, NDArray> headActivations(NDArray pooled, Set<String> layers) {
    throw new UnsupportedOperationException("nobody knows the head of " + name);
  }

  private void requireKnown(Set<String> layers) {
    layers.forEach(layer -> UnknownLayer.unlessIn(reaches.keySet(), layer, name));
  }

  @Override
  public void close() {
    manager.close();
  }
}
