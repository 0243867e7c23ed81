package io.reverie.core.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.evaluation.Head;
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
 * A TorchScript module that takes a preprocessed (1, 3, H, W) tensor and returns activations by
 * name.
 */
final class ScriptNetwork extends LoadedNetwork {

  /**
   * Multiple of the stated stride by which an image is widened to measure each layer's own stride.
   */
  private static final int STRIDES = 64;

  private final Path file;
  private final Function<NDArray, Map<String, NDArray>> module;
  private final Map<String, Optional<Reach>> reaches;

  /**
   * Loads the module and runs it once to find its layers.
   *
   * @param stated the largest stride and the largest receptive field of its layers
   * @param manager closed with the network
   * @throws DreamException if the file is not a module, if the module fails or has no layer to
   *     dream on, or if its layers contradict {@code stated}
   */
  ScriptNetwork(
      String name,
      Preprocessing preprocessing,
      int minimumSide,
      Optional<Reach> stated,
      Path file,
      NDManager manager,
      Precision precision) {
    super(name, preprocessing, minimumSide, manager, precision);
    this.file = file;
    this.module = Torch.loadScript(manager, file);
    List<Layer> layers = layers(new Size(minimumSide, minimumSide));
    if (layers.isEmpty()) {
      throw new DreamException(
          "the TorchScript module %s returns no feature maps; it must return named tensors of shape (1, channels, height, width)"
              .formatted(file));
    }
    layers.forEach(this::requireGradient);
    this.reaches = reaches(layers, stated);
  }

  private void requireGradient(Layer layer) {
    try (NDManager scope = manager().newSubManager()) {
      NDArray image = grey(new Size(minimumSide(), minimumSide()), scope);
      Torch.gradient(
          image, scope, leaf -> Objects.requireNonNull(run(leaf).get(layer.name())).sum());
    } catch (EngineException e) {
      throw new DreamException(
          "output '%2$s' of the TorchScript module %1$s has no gradient; do not call detach() or use no_grad() in the module"
              .formatted(file, layer.name()),
          e);
    }
  }

  /** Finds the stride of each layer from the number of cells that a wider image adds. */
  private Map<String, Optional<Reach>> reaches(List<Layer> layers, Optional<Reach> stated) {
    int pixels = STRIDES * stated.map(Reach::stride).orElse(0);
    Map<String, Long> wider =
        layers(new Size(minimumSide() + pixels, minimumSide())).stream()
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
          "network %s: the stride of %d px does not fit layer %s, whose output grows by %d cells for every %d px; set 'stride' to that of the layer with the largest stride"
              .formatted(name(), stated.stride(), layer.name(), cells, STRIDES * stated.stride()));
    }
    return new Reach(stated.stride() / each, stated.field());
  }

  @Override
  public List<Layer> layers(Size size) {
    try (NDManager scope = manager().newSubManager()) {
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
      return module.apply(preprocessing().apply(nhwc));
    } catch (EngineException e) {
      Shape shape = nhwc.getShape();
      throw new DreamException(
          "the TorchScript module %s fails on an image of %dx%d px: %s"
              .formatted(file, shape.get(2), shape.get(1), lastLine(e)),
          e);
    } catch (UnsupportedOperationException e) {
      throw new DreamException(
          "the TorchScript module %s must return a dictionary of named tensors: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Returns the last line of the message; the interpreter prints the module's code before it. */
  private static String lastLine(EngineException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .reduce("", (all, line) -> line.isBlank() ? all : line);
  }

  @Override
  public int minimumSide(String layer) {
    requireKnown(Set.of(layer));
    return minimumSide();
  }

  @Override
  public Map<String, NDArray> activations(NDArray nhwc, Set<String> layers) {
    requireKnown(layers);
    return run(layers, () -> run(nhwc));
  }

  @Override
  Map<String, Optional<Reach>> reaches() {
    return reaches;
  }

  /** Unknown; PyTorch's own paddings do not. */
  @Override
  public boolean dependsOnSize() {
    return false;
  }

  @Override
  public Optional<Head> head() {
    return Optional.empty();
  }

  @Override
  public Map<String, NDArray> headActivations(NDArray pooled, Set<String> layers) {
    throw new UnsupportedOperationException("a TorchScript module has no known pooling: " + name());
  }
}
