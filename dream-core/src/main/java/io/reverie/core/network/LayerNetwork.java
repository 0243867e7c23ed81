package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.evaluation.ConvolutionInputs;
import io.reverie.core.network.graph.evaluation.ConvolutionInputs.Convolution;
import io.reverie.core.network.graph.evaluation.Forward;
import io.reverie.core.network.graph.evaluation.Head;
import io.reverie.core.network.graph.evaluation.LayerShapes;
import io.reverie.core.network.graph.evaluation.ReceptiveFields;
import io.reverie.core.network.graph.evaluation.TrunkFinder;
import io.reverie.core.weights.tensor.StateDict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A network that is a tree of operations and runs them as tensor operations. */
final class LayerNetwork extends LoadedNetwork {

  private static final int LARGEST_SIDE = 1 << 14;

  private final Op body;
  private final Parameters parameters;
  private final Map<String, Optional<Reach>> reaches;
  private final Optional<Head> head;
  private final boolean dependsOnSize;

  /** Loads the weights of a network that computes in the type of its weights. */
  LayerNetwork(
      String name,
      Op body,
      Preprocessing preprocessing,
      int minimumSide,
      StateDict weights,
      NDManager manager,
      DataType type) {
    this(name, body, preprocessing, minimumSide, weights, manager, type, Precision.FLOAT32);
  }

  /**
   * Loads the weights.
   *
   * @param minimumSide side in pixels below which a dream shows nothing
   * @param manager closed with the network
   * @param precision of the convolutions, if the weights are float32
   */
  LayerNetwork(
      String name,
      Op body,
      Preprocessing preprocessing,
      int minimumSide,
      StateDict weights,
      NDManager manager,
      DataType type,
      Precision precision) {
    super(name, preprocessing, minimumSide, manager, precision);
    this.body = body;
    this.reaches = reaches(name, body);
    this.head = TrunkFinder.of(body);
    boolean[] depends = new boolean[1];
    body.forEachStep(step -> depends[0] |= step.dependsOnSize());
    this.dependsOnSize = depends[0];
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
  public List<Layer> layers(Size size) {
    return LayerShapes.of(body, size);
  }

  @Override
  public int minimumSide(String layer) {
    requireKnown(Set.of(layer));
    int side = minimumSide();
    while (layers(new Size(side, side)).stream().noneMatch(l -> l.name().equals(layer))) {
      side++;
      if (side > LARGEST_SIDE) {
        throw new DreamException(
            "layer %s of network %s has no output for an image of %d px; choose another layer"
                .formatted(layer, name(), LARGEST_SIDE));
      }
    }
    return side;
  }

  @Override
  public Map<String, NDArray> activations(NDArray nhwc, Set<String> layers) {
    requireKnown(layers);
    NDArray input = preprocessing().apply(nhwc);
    return run(layers, () -> Forward.of(body, input, parameters, layers));
  }

  List<Convolution> convolutions(Size size, Set<String> layers) {
    requireKnown(layers);
    return ConvolutionInputs.of(body, size, layers);
  }

  /** Runs one convolution on an input of its shape in NHWC order. */
  NDArray run(Convolution convolution, NDArray nhwc) {
    NDArray x = nhwc.transpose(0, 3, 1, 2);
    Map<String, NDArray> result =
        run(Set.of("y"), () -> Map.of("y", convolution.step().forward(x, parameters)));
    return Objects.requireNonNull(result.get("y"));
  }

  @Override
  Map<String, Optional<Reach>> reaches() {
    return reaches;
  }

  @Override
  public boolean dependsOnSize() {
    return dependsOnSize;
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
          "not all of %s come after the pooling of %s".formatted(layers, name()));
    }
    return run(layers, () -> Forward.ofHead(body, pooled, parameters, layers));
  }
}
