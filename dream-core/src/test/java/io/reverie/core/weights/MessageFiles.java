package io.reverie.core.weights;

import com.google.protobuf.CodedOutputStream;
import io.reverie.core.weights.tensor.Tensor;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Writes networks as Caffe and TensorFlow do, tensor by tensor: one of half a gigabyte does not fit
 * into the tests' memory twice.
 */
public final class MessageFiles {

  private static final int BYTES = 2;

  private final CodedOutputStream out;

  private MessageFiles(OutputStream to) {
    this.out = CodedOutputStream.newInstance(to);
  }

  /** Writes fields of a message. */
  @FunctionalInterface
  interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  /** Returns the bytes of a message. */
  static byte[] message(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a .caffemodel.
   *
   * @param shapes of the tensors, {@code LAYER.weight} and {@code LAYER.bias}
   * @param old whether in the form of before 2015: V1LayerParameter, and four sides for every
   *     tensor
   */
  public static void caffe(
      Path file, Map<String, long[]> shapes, BiFunction<String, long[], Tensor> values, boolean old)
      throws IOException {
    Map<String, Boolean> layers = new TreeMap<>();
    shapes.keySet().forEach(key -> layers.put(layer(key), true));
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      MessageFiles files = new MessageFiles(to);
      files.out.writeString(1, "a network");
      // The layer of the data has no tensors.
      files.out.writeByteArray(old ? 2 : 100, message(out -> out.writeString(old ? 4 : 1, "data")));
      for (String layer : layers.keySet()) {
        files.caffeLayer(layer, shapes, values, old);
      }
      files.out.flush();
    }
  }

  private static String layer(String key) {
    return key.substring(0, key.lastIndexOf('.'));
  }

  private void caffeLayer(
      String layer,
      Map<String, long[]> shapes,
      BiFunction<String, long[], Tensor> values,
      boolean old)
      throws IOException {
    long[] kernel = shapes.get(layer + ".weight");
    long[] bias = shapes.get(layer + ".bias");
    boolean convolution = kernel.length == 4;
    byte[] head =
        message(
            out -> {
              if (old) {
                out.writeString(4, layer);
                out.writeEnum(5, convolution ? 4 : 14);
              } else {
                out.writeString(1, layer);
                out.writeString(2, convolution ? "Convolution" : "InnerProduct");
              }
            });
    long length = head.length + blobLength(kernel, old) + blobLength(bias, old);
    out.writeTag(old ? 2 : 100, BYTES);
    out.writeUInt32NoTag(Math.toIntExact(length));
    out.writeRawBytes(head);
    blob(kernel, values.apply(layer + ".weight", kernel), old);
    blob(bias, values.apply(layer + ".bias", bias), old);
  }

  /** Returns the length of a blob with its tag and its own length. */
  private static long blobLength(long[] shape, boolean old) {
    int inner = shape(shape, old).length + dataLength(shape);
    return 1L + CodedOutputStream.computeUInt32SizeNoTag(inner) + inner;
  }

  private static int dataLength(long[] shape) {
    int bytes = Math.toIntExact(4 * elements(shape));
    return 1 + CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes;
  }

  private static long elements(long[] shape) {
    long elements = 1;
    for (long side : shape) {
      elements *= side;
    }
    return elements;
  }

  private static byte[] shape(long[] shape, boolean old) {
    return message(
        out -> {
          if (old) {
            for (int side = 0; side < 4; side++) {
              int at = shape.length - 4 + side;
              out.writeInt32(side + 1, at < 0 ? 1 : (int) shape[at]);
            }
          } else {
            out.writeByteArray(
                7,
                message(
                    inner -> {
                      for (long side : shape) {
                        inner.writeInt64(1, side);
                      }
                    }));
          }
        });
  }

  private void blob(long[] shape, Tensor tensor, boolean old) throws IOException {
    byte[] sides = shape(shape, old);
    out.writeTag(old ? 6 : 7, BYTES);
    out.writeUInt32NoTag(sides.length + dataLength(shape));
    out.writeRawBytes(sides);
    floats(5, tensor.values());
  }

  private void floats(int field, float[] values) throws IOException {
    out.writeTag(field, BYTES);
    out.writeUInt32NoTag(4 * values.length);
    ByteBuffer some = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (!some.hasRemaining()) {
        out.write(some.array(), 0, some.position());
        some.clear();
      }
      some.putFloat(value);
    }
    out.write(some.array(), 0, some.position());
  }

  /**
   * Writes a frozen graph with the constants that inception5h names: {@code LAYER_w}, whose outputs
   * are the last side, and {@code LAYER_b}.
   *
   * @param shapes of the tensors as PyTorch has them, {@code LAYER.weight} and {@code LAYER.bias}
   */
  public static void graph(
      Path file, Map<String, long[]> shapes, BiFunction<String, long[], Tensor> values)
      throws IOException {
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      MessageFiles files = new MessageFiles(to);
      files.out.writeByteArray(1, node("input", "Placeholder", new byte[0]));
      for (Map.Entry<String, long[]> each : shapes.entrySet()) {
        String key = each.getKey();
        Tensor tensor = values.apply(key, each.getValue());
        String name = layer(key) + (key.endsWith(".bias") ? "_b" : "_w");
        files.out.writeByteArray(1, constant(name, tensor));
      }
      files.out.writeByteArray(1, node("softmax2", "Softmax", new byte[0]));
      files.out.writeByteArray(4, message(out -> out.writeInt32(1, 8)));
      files.out.flush();
    }
  }

  private static byte[] constant(String name, Tensor tensor) {
    long[] shape = tensor.shape();
    float[] values = tensor.values();
    long[] stored =
        switch (shape.length) {
          case 4 -> new long[] {shape[2], shape[3], shape[1], shape[0]};
          case 2 -> new long[] {shape[1], shape[0]};
          default -> shape;
        };
    ByteBuffer content = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    // The outputs, which come first, become the last side; so do the inputs of a kernel before
    // them.
    int out = (int) shape[0];
    int in = shape.length == 1 ? 1 : (int) shape[1];
    int area = values.length / out / in;
    for (int at = 0; at < area; at++) {
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          content.putFloat(values[(o * in + i) * area + at]);
        }
      }
    }
    byte[] shapes =
        message(
            to -> {
              for (long side : stored) {
                to.writeByteArray(2, message(dim -> dim.writeInt64(1, side)));
              }
            });
    byte[] value =
        message(
            to -> {
              to.writeInt32(1, 1);
              to.writeByteArray(2, shapes);
              to.writeByteArray(4, content.array());
            });
    return node(name, "Const", attribute("value", message(to -> to.writeByteArray(8, value))));
  }

  private static byte[] attribute(String key, byte[] value) {
    return message(
        out -> {
          out.writeString(1, key);
          out.writeByteArray(2, value);
        });
  }

  private static byte[] node(String name, String op, byte[] attribute) {
    return message(
        out -> {
          out.writeString(1, name);
          out.writeString(2, op);
          out.writeByteArray(5, attribute("dtype", message(type -> type.writeInt32(6, 1))));
          if (attribute.length > 0) {
            out.writeByteArray(5, attribute);
          }
        });
  }
}
