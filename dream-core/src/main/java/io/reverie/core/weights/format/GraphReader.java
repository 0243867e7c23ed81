package io.reverie.core.weights.format;

import io.reverie.core.protobuf.Extent;
import io.reverie.core.protobuf.MalformedProtobuf;
import io.reverie.core.protobuf.ProtobufReader;
import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.SourceStream;
import io.reverie.core.weights.tensor.ElementType;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.StoredValues;
import io.reverie.core.weights.tensor.TensorLayout;
import io.reverie.core.weights.tensor.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads frozen TensorFlow graphs (.pb): the constants of the message GraphDef of <a
 * href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/graph.proto">graph.proto</a>.
 * Constants named as in inception5h become tensors as a PyTorch network has them: {@code
 * conv2d0_w}, a kernel of height, width, in and out, becomes {@code conv2d0.weight}, of out, in,
 * height and width; {@code softmax2_w}, a matrix of in and out, becomes {@code softmax2.weight}, of
 * out and in; {@code conv2d0_b} becomes {@code conv2d0.bias}. Others keep name and shape.
 */
public final class GraphReader {

  private static final int NODE = 1;

  private final Source source;
  private final ProtobufReader in;
  private final Tensors tensors = new Tensors();
  private boolean variables;

  /** A node, as far as it is read. */
  private static final class Node {

    private String name = "";
    private String op = "";
    private Optional<Value> value = Optional.empty();
  }

  /** A constant: its values as bytes, or listed as floats or doubles. */
  private static final class Value {

    private final List<Extent> content = new ArrayList<>();
    private final List<Extent> floats = new ArrayList<>();
    private final List<Extent> doubles = new ArrayList<>();
    private long type;
    private long[] shape = {};
  }

  private GraphReader(Source source, ProtobufReader in) {
    this.source = source;
    this.in = in;
  }

  public static StateDict read(Source source) throws IOException, MalformedWeights, ForeignFormat {
    SourceStream stream = new SourceStream(source, 0, source.size());
    try {
      GraphReader reader = new GraphReader(source, ProtobufReader.of(stream, source.size()));
      reader.readGraph();
      if (reader.variables) {
        throw new ForeignFormat(
            "is a TensorFlow graph whose weights are in other files; freeze it (freeze_graph) and pass the frozen graph");
      }
      if (reader.tensors.areNone()) {
        throw new ForeignFormat("is a TensorFlow graph without weights; pass the frozen graph");
      }
      return reader.tensors.of(source);
    } catch (MalformedProtobuf e) {
      throw new MalformedWeights("as a TensorFlow graph, " + e.getMessage(), e);
    }
  }

  private void readGraph() throws IOException, MalformedProtobuf, MalformedWeights {
    while (in.next()) {
      if (in.field() == NODE) {
        Node node = new Node();
        in.message(() -> readNode(node));
        add(node);
      }
    }
  }

  private void readNode(Node node) throws IOException, MalformedProtobuf {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> node.name = in.text(Tensors.LONGEST_NAME);
        case 2 -> node.op = in.text(Tensors.LONGEST_NAME);
        case 5 -> in.message(() -> readAttribute(node));
        default -> {}
      }
    }
  }

  /** Reads an entry of the map of attributes: key and value. */
  private void readAttribute(Node node) throws IOException, MalformedProtobuf {
    boolean isValue = false;
    while (in.next()) {
      if (in.field() == 1) {
        isValue = in.text(Tensors.LONGEST_NAME).equals("value");
      } else if (in.field() == 2 && isValue) {
        in.message(
            () -> {
              while (in.next()) {
                if (in.field() == 8) {
                  Value value = new Value();
                  in.message(() -> readTensor(value));
                  node.value = Optional.of(value);
                }
              }
            });
      }
    }
  }

  private void readTensor(Value value) throws IOException, MalformedProtobuf {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> value.type = in.integer();
        case 2 -> in.message(() -> readShape(value));
        case 4 -> keep(value.content);
        case 5 -> keep(value.floats);
        case 6 -> keep(value.doubles);
        default -> {}
      }
    }
  }

  private void keep(List<Extent> extents) throws IOException, MalformedProtobuf {
    if (extents.size() == StoredValues.MAX_PARTS) {
      throw new MalformedProtobuf(
          "it has a tensor of more than %d parts".formatted(StoredValues.MAX_PARTS));
    }
    extents.add(in.bytes());
  }

  private void readShape(Value value) throws IOException, MalformedProtobuf {
    while (in.next()) {
      if (in.field() == 2) {
        if (value.shape.length == TensorLayout.MAX_DIMENSIONS) {
          throw new MalformedProtobuf(
              "it has a tensor of more than %d dimensions".formatted(TensorLayout.MAX_DIMENSIONS));
        }
        value.shape = Arrays.copyOf(value.shape, value.shape.length + 1);
        in.message(
            () -> {
              while (in.next()) {
                if (in.field() == 1) {
                  value.shape[value.shape.length - 1] = in.integer();
                }
              }
            });
      }
    }
  }

  private void add(Node node) throws MalformedWeights {
    variables |= node.op.startsWith("Variable") || node.op.equals("VarHandleOp");
    if (node.op.equals("Const") && node.value.isPresent()) {
      Value value = node.value.get();
      Optional<ElementType> type = type(value.type);
      if (type.isPresent()) {
        add(Tensors.plain(node.name), value, type.get());
      }
    }
  }

  /** Numbers of DataType; other constants, such as the axis of a concatenation, are not weights. */
  private static Optional<ElementType> type(long number) {
    return switch ((int) number) {
      case 1 -> Optional.of(ElementType.F32);
      case 2 -> Optional.of(ElementType.F64);
      case 14 -> Optional.of(ElementType.BF16);
      case 19 -> Optional.of(ElementType.F16);
      default -> Optional.empty();
    };
  }

  private void add(String name, Value value, ElementType type) throws MalformedWeights {
    if (Arrays.stream(value.shape).anyMatch(side -> side < 0)) {
      throw new MalformedWeights(
          "its tensor %s has the shape %s".formatted(name, Arrays.toString(value.shape)));
    }
    if (!value.content.isEmpty()) {
      put(name, type, value.shape, value.content);
    } else if (!value.floats.isEmpty()) {
      put(name, ElementType.F32, value.shape, value.floats);
    } else if (!value.doubles.isEmpty()) {
      put(name, ElementType.F64, value.shape, value.doubles);
    }
  }

  private void put(String name, ElementType type, long[] shape, List<Extent> extents)
      throws MalformedWeights {
    StoredValues values = new StoredValues(source);
    for (Extent extent : extents) {
      values.add(type, extent);
    }
    TensorLayout layout = layout(name, type, shape);
    tensors.put(
        key(name), values.tensor(name, name.endsWith("_w") ? outputsFirst(layout) : layout, true));
  }

  private static String key(String name) {
    return name.endsWith("_w")
        ? name.substring(0, name.length() - 2) + ".weight"
        : name.endsWith("_b") ? name.substring(0, name.length() - 2) + ".bias" : name;
  }

  private static TensorLayout layout(String name, ElementType type, long[] shape)
      throws MalformedWeights {
    try {
      return TensorLayout.contiguous(type, shape);
    } catch (ArithmeticException e) {
      throw new MalformedWeights("its tensor %s is too large".formatted(name), e);
    }
  }

  /** Returns a kernel (height, width, in, out) or a matrix (in, out) with the outputs first. */
  private static TensorLayout outputsFirst(TensorLayout stored) {
    return switch (stored.shape().length) {
      case 2 -> stored.permuted(1, 0);
      case 4 -> stored.permuted(3, 2, 0, 1);
      default -> stored;
    };
  }
}
