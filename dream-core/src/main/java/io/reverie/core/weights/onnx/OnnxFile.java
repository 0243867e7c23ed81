package io.reverie.core.weights.onnx;

import io.reverie.core.DreamException;
import io.reverie.core.protobuf.MalformedProtobuf;
import io.reverie.core.protobuf.ProtobufReader;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.SourceStream;
import io.reverie.core.weights.tensor.Tensor;
import io.reverie.core.weights.tensor.TensorLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads ONNX models (<a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>) as data: nodes,
 * names and shapes within limits, and where the values of tensors are.
 */
public final class OnnxFile {

  private static final int MAX_NODES = 20_000;
  private static final int MAX_TENSORS = 100_000;
  private static final int MAX_NUMBERS = 1 << 16;
  private static final int MAX_VALUES = 4096;
  private static final int LONGEST = OnnxTensor.LONGEST_TEXT;

  private final Source source;
  private final OnnxTensor.DataFiles files;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Set<String> unreadable = new TreeSet<>();
  private final Map<String, List<Long>> inputs = new LinkedHashMap<>();
  private final List<String> outputs = new ArrayList<>();
  private final Set<String> dataFiles = new TreeSet<>();
  private boolean graph;
  private long opset;

  private OnnxFile(Source source, OnnxTensor.DataFiles files) {
    this.source = source;
    this.files = files;
  }

  /** Returns whether a file's name is that of an ONNX model. */
  public static boolean isNamed(String file) {
    return file.endsWith(".onnx");
  }

  /**
   * Reads a model. Values that it keeps elsewhere are read from files beside it, never from another
   * folder.
   *
   * @throws DreamException if the file is unreadable, damaged or no ONNX model
   */
  public static OnnxModel read(Path file) {
    try {
      return read(new Source.OfFile(file, Files.size(file)), name -> beside(file, name));
    } catch (NoSuchFileException e) {
      throw new DreamException(
          "the ONNX model %s does not exist; check the path".formatted(file), e);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads a model in memory.
   *
   * @param name its name in error messages
   */
  public static OnnxModel read(String name, byte[] bytes) {
    return read(
        new Source.OfBytes(name, ByteBuffer.wrap(bytes)),
        file -> {
          throw new MalformedWeights("it keeps values in %s, which is not there".formatted(file));
        });
  }

  private static Source beside(Path model, String name) throws IOException, MalformedWeights {
    if (name.isEmpty() || name.startsWith(".") || name.matches(".*[/\\\\:\\x00-\\x1f].*")) {
      throw new MalformedWeights(
          "it keeps values in '%s', which is not the name of a file beside it".formatted(name));
    }
    Path file = model.resolveSibling(name);
    if (!Files.isRegularFile(file)) {
      throw new MalformedWeights(
          "it keeps values in the file %s, which must be beside it and is not".formatted(name));
    }
    // Links are followed, but not to another folder than that of the model.
    if (!Objects.equals(file.toRealPath().getParent(), model.toRealPath().getParent())) {
      throw new MalformedWeights(
          "it keeps values in %s, which is a link to another folder".formatted(name));
    }
    return new Source.OfFile(file, Files.size(file));
  }

  private static OnnxModel read(Source source, OnnxTensor.DataFiles files) {
    try {
      return new OnnxFile(source, files).model();
    } catch (IOException e) {
      throw unreadable(source.name(), e);
    } catch (MalformedWeights | MalformedProtobuf e) {
      throw rejected(source.name(), String.valueOf(e.getMessage()), e);
    } catch (ArithmeticException e) {
      throw rejected(source.name(), "it declares a tensor larger than any file", e);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw rejected(source.name(), "reading it needs more memory than is available", e);
    }
  }

  private static DreamException unreadable(String name, IOException e) {
    return new DreamException(
        "cannot read the ONNX model %s: %s".formatted(name, e.getMessage()), e);
  }

  private static DreamException rejected(String name, String why, Throwable cause) {
    return new DreamException(
        "the ONNX model %s is damaged or unsafe and was not used: %s".formatted(name, why), cause);
  }

  private OnnxModel model() throws IOException, MalformedProtobuf, MalformedWeights {
    ProtobufReader in =
        ProtobufReader.of(new SourceStream(source, 0, source.size()), source.size());
    while (in.next()) {
      switch (in.field()) {
        case 7 -> in.message(() -> graph(in));
        case 8 -> in.message(() -> opset(in));
        default -> {}
      }
    }
    if (!graph) {
      throw new MalformedWeights("it contains no graph, so it is not an ONNX model");
    }
    Map<String, List<Long>> images = new LinkedHashMap<>(inputs);
    images.keySet().removeAll(tensors.keySet());
    images.keySet().removeAll(unreadable);
    return new OnnxModel(
        source.name(), opset, nodes, tensors, unreadable, images, outputs, dataFiles);
  }

  private void opset(ProtobufReader in) throws IOException, MalformedProtobuf {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.text(LONGEST);
        case 2 -> version = in.integer();
        default -> {}
      }
    }
    if (domain.isEmpty() || domain.equals("ai.onnx")) {
      opset = version;
    }
  }

  private void graph(ProtobufReader in) throws IOException, MalformedProtobuf {
    graph = true;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> in.message(() -> node(in));
        case 5 -> in.message(() -> initializer(in));
        case 11 -> in.message(() -> input(in));
        case 12 -> in.message(() -> add(outputs, value(in), MAX_VALUES));
        default -> {}
      }
    }
  }

  private static <T> void add(List<T> list, T each, int most) throws MalformedProtobuf {
    if (list.size() == most) {
      throw new MalformedProtobuf("it has a list of more than %d entries".formatted(most));
    }
    list.add(each);
  }

  private void node(ProtobufReader in) throws IOException, MalformedProtobuf {
    String[] texts = {"", "", ""};
    List<String> used = new ArrayList<>();
    List<String> made = new ArrayList<>();
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> add(used, in.text(LONGEST), MAX_VALUES);
        case 2 -> add(made, in.text(LONGEST), MAX_VALUES);
        case 3 -> texts[0] = in.text(LONGEST);
        case 4 -> texts[1] = in.text(LONGEST);
        case 5 -> in.message(() -> attribute(in, attributes));
        case 7 -> texts[2] = in.text(LONGEST);
        default -> {}
      }
    }
    boolean standard = texts[2].isEmpty() || texts[2].equals("ai.onnx");
    String operator = standard ? texts[1] : texts[2] + "." + texts[1];
    add(nodes, new OnnxNode(texts[0], operator, used, made, attributes), MAX_NODES);
  }

  private void attribute(ProtobufReader in, Map<String, OnnxAttribute> to)
      throws IOException, MalformedProtobuf {
    String name = "";
    double number = 0;
    String text = "";
    List<Double> numbers = new ArrayList<>();
    List<Tensor> found = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text(LONGEST);
        case 2 -> number = in.float32();
        case 3 -> number = in.integer();
        case 4 -> text = in.text(LONGEST);
        case 5 -> in.message(() -> tensor(in).ifPresent(found::add));
        case 7 -> floats(in, numbers);
        case 8 -> {
          for (long each : in.integers(MAX_NUMBERS)) {
            add(numbers, (double) each, MAX_NUMBERS);
          }
        }
        default -> {}
      }
    }
    if (to.size() < MAX_VALUES) {
      to.put(name, new OnnxAttribute(number, text, numbers, found.stream().findFirst()));
    }
  }

  private void floats(ProtobufReader in, List<Double> to) throws IOException, MalformedProtobuf {
    var extent = in.bytes();
    if (extent.length() > MAX_NUMBERS * Float.BYTES) {
      throw new MalformedProtobuf("it has an attribute of %d bytes".formatted(extent.length()));
    }
    ByteBuffer bytes = source.read(extent.position(), extent.length());
    while (bytes.remaining() >= Float.BYTES) {
      add(to, (double) bytes.getFloat(), MAX_NUMBERS);
    }
  }

  /** Reads a tensor; empty if its numbers are of a type that is not read. */
  private Optional<Tensor> tensor(ProtobufReader in) throws IOException, MalformedProtobuf {
    OnnxTensor tensor = new OnnxTensor();
    tensor.read(in);
    return tensor.isReadable() ? Optional.of(completed(tensor)) : Optional.empty();
  }

  private Tensor completed(OnnxTensor tensor) throws IOException, MalformedProtobuf {
    tensor.dataFile().ifPresent(dataFiles::add);
    try {
      return tensor.in(source, files);
    } catch (MalformedWeights e) {
      throw new MalformedProtobuf(e.getMessage());
    }
  }

  private void initializer(ProtobufReader in) throws IOException, MalformedProtobuf {
    OnnxTensor tensor = new OnnxTensor();
    tensor.read(in);
    if (tensors.size() + unreadable.size() >= MAX_TENSORS) {
      throw new MalformedProtobuf("it has more than %d tensors".formatted(MAX_TENSORS));
    }
    if (tensor.isReadable()) {
      tensors.put(tensor.name(), completed(tensor));
    } else {
      unreadable.add(tensor.name());
    }
  }

  private void input(ProtobufReader in) throws IOException, MalformedProtobuf {
    List<Long> shape = new ArrayList<>();
    String name = value(in, shape);
    if (inputs.size() >= MAX_TENSORS) {
      throw new MalformedProtobuf("it has more than %d inputs".formatted(MAX_TENSORS));
    }
    inputs.put(name, List.copyOf(shape));
  }

  private static String value(ProtobufReader in) throws IOException, MalformedProtobuf {
    return value(in, new ArrayList<>());
  }

  /** Reads a ValueInfoProto: TypeProto 2, its Tensor 1, its TensorShapeProto 2, its Dimension 1. */
  private static String value(ProtobufReader in, List<Long> shape)
      throws IOException, MalformedProtobuf {
    String name = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text(LONGEST);
        case 2 -> within(in, 1, () -> within(in, 2, () -> within(in, 1, () -> side(in, shape))));
        default -> {}
      }
    }
    return name;
  }

  /** Reads the messages of one field within the current message. */
  private static void within(ProtobufReader in, int field, ProtobufReader.Body body)
      throws IOException, MalformedProtobuf {
    in.message(
        () -> {
          while (in.next()) {
            if (in.field() == field) {
              body.read();
            }
          }
        });
  }

  private static void side(ProtobufReader in, List<Long> shape)
      throws IOException, MalformedProtobuf {
    long[] side = {0};
    in.message(
        () -> {
          while (in.next()) {
            if (in.field() == 1) {
              side[0] = in.integer();
            }
          }
        });
    add(shape, Math.max(0, side[0]), TensorLayout.MAX_DIMENSIONS);
  }
}
