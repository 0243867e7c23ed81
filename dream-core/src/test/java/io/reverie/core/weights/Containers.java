package io.reverie.core.weights;

import io.reverie.core.pickle.PickleWriter;
import io.reverie.core.weights.tensor.StateDict;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the same tensors in each container that Reverie reads. */
public final class Containers {

  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

  private Containers() {}

  /** Returns files by their extension, such as {@code legacy.pth}. */
  public static Map<String, byte[]> all(StateDict weights) {
    byte[] data = data(weights);
    byte[] pickle = pickle(weights);
    return new TreeMap<>(
        Map.of(
            "zip.pth",
            new ZipWriter().stored("a/data.pkl", pickle).stored("a/data/0", data).end(),
            "deflated.pth",
            new ZipWriter()
                .deflated("a/data.pkl", pickle, pickle.length)
                .deflated("a/data/0", data, data.length)
                .end(),
            "legacy.pth",
            legacy(pickle, data),
            "safetensors",
            safetensors(weights, "")));
  }

  /** Returns the values of all tensors, one after the other. */
  private static byte[] data(StateDict weights) {
    int count = weights.names().stream().mapToInt(name -> weights.get(name).values().length).sum();
    byte[] bytes = new byte[count * Float.BYTES];
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    weights.names().forEach(name -> put(weights.get(name).values(), data));
    return bytes;
  }

  private static void put(float[] values, ByteBuffer to) {
    for (float value : values) {
      to.putFloat(value);
    }
  }

  /** Returns a dictionary of views of one storage. */
  private static byte[] pickle(StateDict weights) {
    PickleWriter pickle = new PickleWriter().raw("}").text("model").raw("}(");
    long offset = 0;
    for (String name : weights.names()) {
      long[] shape = weights.get(name).shape();
      pickle.text(name).tensor("0", offset, shape, strides(shape));
      offset += Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
    return pickle.raw("us").end();
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  private static byte[] legacy(byte[] pickle, byte[] data) {
    byte[] magic = new byte[10];
    for (int i = 0; i < magic.length; i++) {
      magic[i] = MAGIC.shiftRight(8 * i).byteValue();
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new PickleWriter().op(0x8a, 10).raw(magic).end());
    file.writeBytes(new PickleWriter().raw("M\u0001\u0001").end());
    file.writeBytes(new PickleWriter().raw("}").end());
    file.writeBytes(pickle);
    file.writeBytes(new PickleWriter().raw("]").text("0").raw("a").end());
    file.writeBytes(little(8).putLong(data.length / Float.BYTES).array());
    file.writeBytes(data);
    return file.toByteArray();
  }

  /**
   * Returns a safetensors file.
   *
   * @param prefix of the names
   */
  public static byte[] safetensors(StateDict weights, String prefix) {
    List<String> entries = new ArrayList<>();
    long offset = 0;
    for (String name : weights.names()) {
      long end = offset + (long) weights.get(name).values().length * Float.BYTES;
      entries.add(
          "\"%s%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(prefix, name, Arrays.toString(weights.get(name).shape()), offset, end));
      offset = end;
    }
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    byte[] data = data(weights);
    return little(8 + header.length + data.length)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
