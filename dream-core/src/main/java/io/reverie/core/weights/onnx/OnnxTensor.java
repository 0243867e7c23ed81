package io.reverie.core.weights.onnx;

import io.reverie.core.protobuf.Extent;
import io.reverie.core.protobuf.MalformedProtobuf;
import io.reverie.core.protobuf.ProtobufReader;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.tensor.ElementType;
import io.reverie.core.weights.tensor.Tensor;
import io.reverie.core.weights.tensor.TensorLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A TensorProto while it is read. Its values are in the model's file, as one block or as a list of
 * numbers, or in a file beside it.
 */
final class OnnxTensor {

  static final int LONGEST_TEXT = 4096;

  /** Numbers of a list that is not one block; large tensors are blocks. */
  private static final int MOST_NUMBERS = 1 << 22;

  private String name = "";
  private long[] shape = {};
  private long type;
  private boolean external;
  private Optional<Extent> block = Optional.empty();
  private float[] numbers = {};
  private int count;
  private final Map<String, String> place = new HashMap<>();

  String name() {
    return name;
  }

  /** Reads the fields of the current message. */
  void read(ProtobufReader in) throws IOException, MalformedProtobuf {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> append(in.integers(TensorLayout.MAX_DIMENSIONS));
        case 2 -> type = in.integer();
        case 4, 10 -> floats(in);
        case 5 -> integers(in);
        case 7 -> integers(in);
        case 8 -> name = in.text(LONGEST_TEXT);
        case 9 -> block = Optional.of(in.bytes());
        case 13 -> in.message(() -> place(in));
        case 14 -> external = in.integer() == 1;
        default -> {}
      }
    }
  }

  private void append(long[] sides) throws MalformedProtobuf {
    if (shape.length + sides.length > TensorLayout.MAX_DIMENSIONS) {
      throw new MalformedProtobuf("its tensor %s has too many dimensions".formatted(name));
    }
    int before = shape.length;
    shape = Arrays.copyOf(shape, before + sides.length);
    System.arraycopy(sides, 0, shape, before, sides.length);
  }

  /** Reads floats or doubles, which are one block unless each has a tag of its own. */
  private void floats(ProtobufReader in) throws IOException, MalformedProtobuf {
    switch (in.wire()) {
      case FIXED32 -> add(in.float32());
      case FIXED64 -> add((float) in.float64());
      default -> block = Optional.of(in.bytes());
    }
  }

  private void integers(ProtobufReader in) throws IOException, MalformedProtobuf {
    for (long each : in.integers(MOST_NUMBERS)) {
      add(converted(each));
    }
  }

  /** Integers hold the bits of a number of 16 bits; the type comes before them in every file. */
  private float converted(long each) {
    Optional<ElementType> element = element();
    if (element.isEmpty() || element.get().bytes() != Short.BYTES) {
      return each;
    }
    ByteBuffer bits = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return element.get().read(bits.putShort(0, (short) each), 0);
  }

  private void add(float number) throws MalformedProtobuf {
    if (count == MOST_NUMBERS) {
      throw new MalformedProtobuf("its tensor %s is too long a list of numbers".formatted(name));
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.min(MOST_NUMBERS, Math.max(16, 2 * count)));
    }
    numbers[count] = number;
    count++;
  }

  private void place(ProtobufReader in) throws IOException, MalformedProtobuf {
    String[] entry = {"", ""};
    while (in.next()) {
      switch (in.field()) {
        case 1 -> entry[0] = in.text(LONGEST_TEXT);
        case 2 -> entry[1] = in.text(LONGEST_TEXT);
        default -> {}
      }
    }
    place.put(entry[0], entry[1]);
  }

  /** Returns the name of the file beside the model that holds the values, if there is one. */
  Optional<String> dataFile() {
    return external ? Optional.of(place.getOrDefault("location", "")) : Optional.empty();
  }

  /** Returns the type, if it is one that is read. */
  private Optional<ElementType> element() {
    return switch ((int) type) {
      case 1 -> Optional.of(ElementType.F32);
      case 6 -> Optional.of(ElementType.I32);
      case 7 -> Optional.of(ElementType.I64);
      case 10 -> Optional.of(ElementType.F16);
      case 11 -> Optional.of(ElementType.F64);
      case 16 -> Optional.of(ElementType.BF16);
      default -> Optional.empty();
    };
  }

  boolean isReadable() {
    return element().isPresent();
  }

  /**
   * Returns the tensor; its values are read on demand.
   *
   * @param model the model's file
   * @param files opens the file of {@link #dataFile}
   */
  Tensor in(Source model, DataFiles files) throws IOException, MalformedWeights {
    TensorLayout layout = TensorLayout.contiguous(element().orElseThrow(), shape);
    long elements = elements();
    Optional<String> file = dataFile();
    if (file.isPresent()) {
      Source data = files.open(file.get());
      long length = number("length", Math.multiplyExact(elements, layout.type().bytes()));
      return layout.in(region(data, number("offset", 0), length));
    }
    if (block.isPresent()) {
      return layout.in(region(model, block.get().position(), block.get().length()));
    }
    if (count != elements) {
      throw new MalformedWeights(
          "its tensor %s of shape %s has %d values".formatted(name, Arrays.toString(shape), count));
    }
    return new Tensor(shape, Arrays.copyOf(numbers, count));
  }

  private long elements() throws MalformedWeights {
    long elements = 1;
    for (long side : shape) {
      if (side < 0 || (side > 0 && elements > Integer.MAX_VALUE / side)) {
        throw new MalformedWeights(
            "its tensor %s has the shape %s".formatted(name, Arrays.toString(shape)));
      }
      elements *= side;
    }
    return elements;
  }

  private Region region(Source data, long position, long length) throws MalformedWeights {
    if (position < 0 || length < 0 || position > data.size() - length) {
      throw new MalformedWeights(
          "the values of its tensor %s are %d bytes at %d of %s, which has %d"
              .formatted(name, length, position, data.name(), data.size()));
    }
    return new Region(data, position, length);
  }

  private long number(String key, long otherwise) throws MalformedWeights {
    String text = place.get(key);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedWeights("its tensor %s has an invalid %s".formatted(name, key), e);
    }
  }

  /** Opens files beside the model. */
  @FunctionalInterface
  interface DataFiles {
    Source open(String name) throws IOException, MalformedWeights;
  }
}
