package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.weights.StateDict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network as a line of named steps, run by direct tensor operations. */
final class LayerNetwork implements Network {

  private final String name;
  private final List<Stage> stages;
  private final Preprocessing preprocessing;
  private final int smallestUseful;
  private final NDManager manager;
  private final Parameters parameters;

  /**
   * Loads the weights.
   *
   * @param smallestUseful the side in pixels below which a dream shows nothing
   * @param manager owned, closed with the network
   */
  LayerNetwork(
      String name,
      List<Stage> stages,
      Preprocessing preprocessing,
      int smallestUseful,
      StateDict weights,
      NDManager manager,
      DataType type) {
    this.name = name;
    this.stages = stages;
    this.preprocessing = preprocessing;
    this.smallestUseful = smallestUseful;
    this.manager = manager;
    Parameters.Builder builder = new Parameters.Builder(manager, type);
    stages.forEach(stage -> stage.op().load(weights, builder));
    this.parameters = builder.build();
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
    return layers(stages, size);
  }

  static List<Layer> layers(List<Stage> stages, Size size) {
    List<Layer> layers = new ArrayList<>();
    Shape shape = new Shape(1, 3, size.height(), size.width());
    for (Stage stage : stages) {
      shape = stage.op().shape(shape);
      if (shape.get(2) < 1 || shape.get(3) < 1) {
        break;
      }
      layers.add(new Layer(stage.name(), shape.get(1), shape.get(2), shape.get(3)));
    }
    return layers;
  }

  @Override
  public int minimumSide(String layer) {
    requireKnown(Set.of(layer));
    int side = smallestUseful;
    while (layers(new Size(side, side)).stream().noneMatch(l -> l.name().equals(layer))) {
      side++;
    }
    return side;
  }

  @Override
  public Map<String, NDArray> activations(NDArray nhwc, Set<String> layers) {
    requireKnown(layers);
    Map<String, NDArray> found = new HashMap<>();
    NDArray x = preprocessing.apply(nhwc);
    for (Stage stage : stages) {
      x = stage.op().forward(x, parameters);
      if (layers.contains(stage.name())) {
        found.put(stage.name(), x);
      }
      if (found.size() == layers.size()) {
        break;
      }
    }
    return found;
  }

  private void requireKnown(Set<String> layers) {
    List<String> names = stages.stream().map(Stage::name).toList();
    layers.forEach(layer -> UnknownLayer.unlessIn(names, layer, name));
  }

  @Override
  public void close() {
    manager.close();
  }
}
