package io.reverie.core.network.onnx;

import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.onnx.OnnxNetwork.Logits;
import io.reverie.core.network.onnx.Value.Maps;
import io.reverie.core.network.onnx.Value.Numbers;
import io.reverie.core.weights.onnx.OnnxModel;
import io.reverie.core.weights.onnx.OnnxNode;
import io.reverie.core.weights.tensor.StateDict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a network of an ONNX model. Sizes of images and of maps in the file are those of the
 * training images; the network takes images of any size up to the first layer that needs all
 * numbers of maps of one size.
 */
public final class OnnxImporter {

  private static final int USUAL_SIDE = 224;
  private static final int LARGEST_SIDE = 4096;
  private static final int COLOURS = 3;

  private final OnnxModel model;
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, List<OnnxNode>> users = new HashMap<>();
  private final Map<Maps, Maps> beforeSoftmax = new HashMap<>();
  private final GraphBuilder graph;
  private final Operators operators;
  private final int height;
  private final int width;

  private OnnxImporter(OnnxModel model) {
    this.model = model;
    Map.Entry<String, List<Long>> image = image();
    List<Long> sides = image.getValue();
    boolean last = sides.size() == 4 && sides.get(3) == COLOURS && sides.get(1) != COLOURS;
    this.height = side(sides, last ? 1 : 2);
    this.width = side(sides, last ? 2 : 3);
    this.graph = new GraphBuilder(model.tensors(), "%dx%d".formatted(width, height));
    this.operators = new Operators(graph);
    long batch = sides.isEmpty() ? 1 : Math.max(1, sides.get(0));
    Shape shape = new Shape(batch, COLOURS, height, width);
    Layout layout = Layout.maps(shape, false);
    Layout own = last ? layout.transposed(List.of(0, 2, 3, 1)) : layout;
    values.put(image.getKey(), new Maps(Op.Graph.INPUT, shape, false, own));
    model.tensors().forEach((name, tensor) -> values.put(name, new Numbers(name, tensor)));
  }

  /**
   * Makes the network.
   *
   * @throws DreamException if the model takes no colour image, or has a node that is not supported
   */
  public static OnnxNetwork of(OnnxModel model) {
    try {
      return new OnnxImporter(model).network();
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new DreamException(
          "the ONNX model %s cannot be used: it has values that fit no network (%s)"
              .formatted(model.origin(), e.getMessage()),
          e);
    }
  }

  private DreamException refused(String why) {
    return new DreamException(
        "the ONNX model %s cannot be used: %s".formatted(model.origin(), why));
  }

  /** Returns the one input that is an image. */
  private Map.Entry<String, List<Long>> image() {
    if (model.inputs().size() != 1) {
      throw refused("it takes %d inputs, not one image".formatted(model.inputs().size()));
    }
    Map.Entry<String, List<Long>> only = model.inputs().entrySet().iterator().next();
    List<Long> sides = only.getValue();
    boolean colours =
        sides.isEmpty()
            || (sides.size() == 4 && (isColours(sides.get(1)) || isColours(sides.get(3))));
    if (!colours) {
      throw refused(
          "it takes a tensor of shape %s, not a colour image (1, 3, height, width)"
              .formatted(sides));
    }
    return only;
  }

  private static boolean isColours(long side) {
    return side == COLOURS || side == 0;
  }

  private int side(List<Long> sides, int index) {
    long side = sides.isEmpty() || sides.get(index) == 0 ? USUAL_SIDE : sides.get(index);
    if (side > LARGEST_SIDE) {
      throw refused("it takes images of %d px, and at most %d".formatted(side, LARGEST_SIDE));
    }
    return (int) side;
  }

  private OnnxNetwork network() {
    List<OnnxNode> needed = needed();
    for (OnnxNode node : needed) {
      node.inputs().forEach(name -> users.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
    needed.forEach(this::run);
    if (graph.nodes() == 0) {
      throw refused("none of its outputs depends on the image");
    }
    StateDict weights = new StateDict(model.origin(), graph.weights());
    return new OnnxNetwork(graph.graph(), weights, Math.min(height, width), logits());
  }

  /** Returns the nodes that the outputs depend on, in the model's order. */
  private List<OnnxNode> needed() {
    Map<String, OnnxNode> makers = new HashMap<>();
    model.nodes().forEach(node -> node.outputs().forEach(name -> makers.put(name, node)));
    Set<OnnxNode> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(model.outputs());
    while (!open.isEmpty()) {
      String name = open.removeLast();
      OnnxNode maker = makers.get(name);
      if (seen.add(name) && maker != null && found.add(maker)) {
        open.addAll(maker.inputs());
      }
    }
    return model.nodes().stream().filter(found::contains).toList();
  }

  private void run(OnnxNode node) {
    List<Optional<Value>> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      inputs.add(name.isEmpty() ? Optional.empty() : Optional.of(value(name, node)));
    }
    Operation operation = new Operation(model.origin(), model.opset(), node, inputs);
    int first = graph.nodes();
    List<? extends Value> made = operators.run(operation, () -> isFlattened(node));
    boolean several = made.size() > 1;
    for (int i = 0; i < made.size() && i < node.outputs().size(); i++) {
      String output = node.outputs().get(i);
      Value value = made.get(i);
      if (value instanceof Maps maps && !output.isEmpty()) {
        Maps layer = graph.named(maps, first, several ? output : node.name(), output, operation);
        values.put(output, layer);
        noteSoftmax(operation, layer);
      } else {
        values.put(output, value);
      }
    }
  }

  private Value value(String name, OnnxNode node) {
    Value value = values.get(name);
    if (value == null) {
      String why =
          model.unreadable().contains(name)
              ? "uses the tensor '%s', whose element type is not supported"
              : "uses '%s', which no earlier node produces";
      throw new Operation(model.origin(), model.opset(), node, List.of())
          .refused(why.formatted(Names.shown(name)));
    }
    return value;
  }

  /** Remembers the input of a softmax, also for a reshaping of its result. */
  private void noteSoftmax(Operation operation, Maps made) {
    if (operation.inputs().isEmpty() || !(operation.input(0) instanceof Maps in)) {
      return;
    }
    switch (operation.operator()) {
      case "Softmax", "LogSoftmax" -> beforeSoftmax.put(made, in);
      case "Reshape", "Flatten", "Squeeze", "Identity", "Unsqueeze" -> {
        Maps before = beforeSoftmax.get(in);
        if (before != null) {
          beforeSoftmax.put(made, before);
        }
      }
      default -> {}
    }
  }

  /**
   * Returns whether a node's result is only flattened, so that a pooling to it is one of whole
   * maps.
   */
  private boolean isFlattened(OnnxNode node) {
    OnnxNode last = node;
    for (int i = 0; i < model.nodes().size(); i++) {
      List<OnnxNode> next =
          last.outputs().isEmpty()
              ? List.of()
              : users.getOrDefault(last.outputs().get(0), List.of());
      if (next.isEmpty()) {
        return false;
      }
      if (next.stream().allMatch(this::flattens)) {
        return true;
      }
      if (next.size() != 1 || !passes(next.get(0))) {
        return false;
      }
      last = next.get(0);
    }
    return false;
  }

  private static boolean passes(OnnxNode node) {
    return Set.of("Dropout", "Identity", "Cast", "Transpose").contains(node.operator());
  }

  /** Exporters compute the shape of a flattening; a known one has two sides. */
  private boolean flattens(OnnxNode node) {
    if (node.operator().equals("Reshape") && node.inputs().size() == 2) {
      return !(values.get(node.inputs().get(1)) instanceof Numbers known)
          || (known.rank() == 1 && known.count() <= 2);
    }
    return Set.of("Flatten", "Squeeze", "Shape", "Gemm", "MatMul").contains(node.operator());
  }

  /** Finds the last output that is a list of numbers, and what its softmax is made of. */
  private Optional<Logits> logits() {
    Optional<Logits> found = Optional.empty();
    for (String output : model.outputs()) {
      if (values.get(output) instanceof Maps maps) {
        Maps logits = beforeSoftmax.getOrDefault(maps, maps);
        boolean classes = logits.fixed() && logits.shape().get(2) == 1 && logits.channels() > 1;
        String layer = graph.layer(logits);
        if (classes && !layer.isEmpty()) {
          found = Optional.of(new Logits(layer, logits.channels()));
        }
      }
    }
    return found;
  }
}
