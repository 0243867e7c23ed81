package io.reverie.core.weights;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hugging Face's safetensors: eight bytes of header length, a JSON header of names, types, shapes
 * and offsets, the data. Every size is checked against the file before it is used.
 */
final class SafetensorsReader {

  private static final int LARGEST_HEADER = 100_000_000;

  private SafetensorsReader() {}

  static StateDict read(Path file) throws IOException, MalformedWeights {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = TorchLegacyReader.map(channel);
      long length = bytes.getLong(0);
      if (length < 2 || length > LARGEST_HEADER || length > bytes.limit() - 8) {
        throw new MalformedWeights("it is neither PyTorch's nor safetensors");
      }
      ByteBuffer data = bytes.slice(8 + (int) length, bytes.limit() - 8 - (int) length);
      return tensors(
          file.toString(), header(bytes, (int) length), data.order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  private static JsonObject header(ByteBuffer bytes, int length) throws MalformedWeights {
    byte[] text = new byte[length];
    bytes.get(8, text);
    try {
      return JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
    } catch (RuntimeException e) {
      throw new MalformedWeights("it is neither PyTorch's nor safetensors", e);
    }
  }

  private static StateDict tensors(String origin, JsonObject header, ByteBuffer data)
      throws MalformedWeights {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data));
      }
    }
    return new StateDict(origin, tensors);
  }

  private static Tensor tensor(String name, JsonElement entry, ByteBuffer data)
      throws MalformedWeights {
    try {
      JsonObject fields = entry.getAsJsonObject();
      String dtype = fields.get("dtype").getAsString();
      ElementType type =
          ElementType.ofSafetensors(dtype)
              .orElseThrow(() -> new MalformedWeights("%s has the type %s".formatted(name, dtype)));
      long[] offsets = longs(fields.getAsJsonArray("data_offsets"));
      long[] shape = longs(fields.getAsJsonArray("shape"));
      TensorLayout layout = TensorLayout.contiguous(type, shape);
      if (offsets.length != 2
          || offsets[0] < 0
          || offsets[1] > data.limit()
          || offsets[1] - offsets[0] != layout.elements() * type.bytes()) {
        throw new MalformedWeights("the offsets of %s do not fit the file".formatted(name));
      }
      int length = (int) (offsets[1] - offsets[0]);
      ByteBuffer slice = data.slice((int) offsets[0], length).order(ByteOrder.LITTLE_ENDIAN);
      return layout.read(slice);
    } catch (RuntimeException e) {
      throw new MalformedWeights("the header's entry of %s is not valid".formatted(name), e);
    }
  }

  private static long[] longs(JsonArray array) {
    return array.asList().stream().mapToLong(JsonElement::getAsLong).toArray();
  }
}
