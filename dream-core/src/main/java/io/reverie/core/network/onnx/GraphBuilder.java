package io.reverie.core.network.onnx;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Graph.Node;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.operation.ChannelOrder;
import io.reverie.core.network.graph.operation.FixedFlatten;
import io.reverie.core.network.onnx.Axis.Kind;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.weights.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The network's graph and its weights, while nodes are added. */
final class GraphBuilder {

  private static final int MAX_CHANNELS = 1 << 20;

  /** At the training images' size; VGG's largest layer has 3 million. */
  private static final int MOST_VALUES = 1 << 28;

  private static final int MAX_NODES = 100_000;

  private final List<Node> nodes = new ArrayList<>();
  private final Names names = new Names();
  private final Map<String, Tensor> weights;
  private final String trainingSize;

  /** Numbers that all tensors made from the model's may have together. */
  private long room;

  /**
   * Begins with the model's own tensors.
   *
   * @param trainingSize of the images, such as 224x224
   */
  GraphBuilder(Map<String, Tensor> weights, String trainingSize) {
    this.weights = new LinkedHashMap<>(weights);
    this.trainingSize = trainingSize;
    long own = weights.values().stream().mapToLong(GraphBuilder::count).sum();
    this.room = own + MAX_CHANNELS;
  }

  private static long count(Tensor tensor) {
    long count = 1;
    for (long side : tensor.shape()) {
      count *= side;
    }
    return count;
  }

  Op.Graph graph() {
    return new Op.Graph(nodes);
  }

  Map<String, Tensor> weights() {
    return weights;
  }

  int nodes() {
    return nodes.size();
  }

  /** Adds a tensor that is made from others, under a name that no other has. */
  String add(String name, Tensor tensor, Operation operation) {
    room -= count(tensor);
    if (room < 0) {
      throw operation.refused("makes more constants than the model has");
    }
    String key = name;
    while (weights.containsKey(key)) {
      key += "'";
    }
    weights.put(key, tensor);
    return key;
  }

  private int add(Op op, Join join, List<Integer> inputs, Operation operation) {
    if (nodes.size() == MAX_NODES) {
      throw operation.refused("is one of more than %d steps".formatted(MAX_NODES));
    }
    nodes.add(new Node(op, join, inputs));
    return nodes.size() - 1;
  }

  /** Adds a step; height and width stay fixed if they were. */
  Maps step(Step step, Maps in, Operation operation) {
    return step(step, in, in.fixed(), operation);
  }

  /**
   * Adds a step.
   *
   * @param fixed whether its height and width are the same for every image
   */
  Maps step(Step step, Maps in, boolean fixed, Operation operation) {
    Shape shape = step.shape(in.shape());
    require(shape, operation);
    int node = add(step, Join.SUM, List.of(in.node()), operation);
    return new Maps(node, shape, fixed, Layout.maps(shape, fixed));
  }

  /** Adds a step that changes each value but not what the sides of the tensor mean. */
  Maps each(Step step, Maps in, Operation operation) {
    return step(step, in, operation).with(in.layout());
  }

  Maps join(Join join, List<Maps> parts, Layout layout, Operation operation) {
    Shape shape = join.shape(parts.stream().map(Maps::shape).toList());
    require(shape, operation);
    boolean fixed = parts.stream().allMatch(Maps::fixed);
    int node = add(Op.Sequence.of(), join, parts.stream().map(Maps::node).toList(), operation);
    return new Maps(node, shape, fixed, layout);
  }

  private void require(Shape shape, Operation operation) {
    if (shape.get(1) < 1 || shape.get(1) > MAX_CHANNELS) {
      throw operation.refused("has %d channels".formatted(shape.get(1)));
    }
    if (shape.size() > MOST_VALUES) {
      throw operation.refused("produces %d values from one image".formatted(shape.size()));
    }
    if (Math.min(shape.get(2), shape.get(3)) < 1) {
      throw operation.refused("has no output for an image of %s px".formatted(trainingSize));
    }
  }

  /** Makes a layer of a value, which an operation has made from the node {@code first} on. */
  Maps named(Maps value, int first, String name, String otherwise, Operation operation) {
    String layer = names.unused(name, otherwise);
    int number = value.node();
    if (number >= first && !(nodes.get(number).op() instanceof Op.Named)) {
      Node node = nodes.get(number);
      nodes.set(number, new Node(new Op.Named(layer, node.op()), node.join(), node.inputs()));
      return value;
    }
    Op layerOnly = new Op.Named(layer, Op.Sequence.of());
    int again = add(layerOnly, Join.SUM, List.of(number), operation);
    return new Maps(again, value.shape(), value.fixed(), value.layout());
  }

  /** Returns the name of the layer that a value is. */
  String layer(Maps value) {
    return value.node() >= 0 && nodes.get(value.node()).op() instanceof Op.Named named
        ? named.name()
        : "";
  }

  /** Returns the value as maps (N, C, H, W), with their channels in the tensor's order. */
  Maps maps(Maps value, Operation operation) {
    Maps ordered = ordered(value, operation);
    if (!ordered.layout().equals(Layout.maps(ordered.shape(), ordered.fixed()))) {
      throw operation.refused("needs maps in the order batch, channels, height, width");
    }
    return ordered;
  }

  /** Puts channels that a side has in another order into the order of the side. */
  Maps ordered(Maps value, Operation operation) {
    boolean mixed =
        value.layout().sides().stream()
            .anyMatch(side -> side.stream().filter(a -> a.kind() == Kind.CHANNEL).count() > 1);
    return mixed ? reordered(value, operation) : value;
  }

  private Maps reordered(Maps value, Operation operation) {
    List<Axis> channels =
        value.layout().axes().stream().filter(axis -> axis.kind() == Kind.CHANNEL).toList();
    List<Axis> digits =
        channels.stream().sorted(Comparator.comparingLong(Axis::step).reversed()).toList();
    ChannelOrder step =
        new ChannelOrder(
            digits.stream().map(axis -> (int) axis.size()).toList(),
            channels.stream().map(digits::indexOf).toList());
    return step(step, value, operation).with(renumbered(value.layout(), channels));
  }

  /** Returns the layout once the channels are in the order of these axes. */
  private static Layout renumbered(Layout layout, List<Axis> channels) {
    List<List<Axis>> sides = new ArrayList<>();
    int next = 0;
    for (List<Axis> side : layout.sides()) {
      List<Axis> axes = new ArrayList<>();
      for (Axis axis : side) {
        if (axis.kind() == Kind.CHANNEL) {
          next++;
          long step =
              channels.subList(next, channels.size()).stream()
                  .mapToLong(Axis::size)
                  .reduce(1, Math::multiplyExact);
          axes.add(new Axis(Kind.CHANNEL, axis.size(), step));
        } else {
          axes.add(axis);
        }
      }
      sides.add(axes);
    }
    return new Layout(sides);
  }

  /** Returns the value as a list of numbers (N, C), as fully connected layers need it. */
  Maps vector(Maps value, Operation operation) {
    Maps ordered = ordered(value, operation);
    List<Axis> all = ordered.layout().axes();
    boolean batched = !all.isEmpty() && all.get(0).kind() == Kind.BATCH;
    List<Axis> axes = batched ? all.subList(1, all.size()) : all;
    if (axes.stream().anyMatch(axis -> axis.kind() == Kind.BATCH)) {
      throw operation.refused("mixes images of a batch");
    }
    if (axes.stream().allMatch(axis -> axis.kind() == Kind.CHANNEL)) {
      return ordered.with(Layout.vector(ordered.shape()));
    }
    Shape shape = ordered.shape();
    FixedFlatten flatten =
        new FixedFlatten(
            operation.name(),
            ordered.channels(),
            (int) shape.get(2),
            (int) shape.get(3),
            order(axes, operation),
            trainingSize);
    Maps flat = step(flatten, ordered, true, operation);
    return flat.with(Layout.vector(flat.shape()));
  }

  /** Returns the sides in the order of the axes; those of length 1 may be anywhere. */
  private static List<Integer> order(List<Axis> axes, Operation operation) {
    List<Integer> order =
        new ArrayList<>(axes.stream().map(axis -> axis.kind().side()).distinct().toList());
    if (order.size() != axes.size()) {
      throw operation.refused("flattens channels in an order that is not supported");
    }
    IntStream.rangeClosed(1, 3).filter(side -> !order.contains(side)).forEach(order::add);
    return order;
  }
}
