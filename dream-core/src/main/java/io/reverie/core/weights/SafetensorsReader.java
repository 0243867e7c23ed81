package io.reverie.core.weights;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stand-in until the full reader lands. */
final class SafetensorsReader {
  private SafetensorsReader() {}

  static StateDict read(Path file) throws IOException {
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int n = (int) b.getLong();
    byte[] h = new byte[n];
    b.get(h);
    JsonObject o = JsonParser.parseString(new String(h, StandardCharsets.UTF_8)).getAsJsonObject();
    Map<String, Tensor> out = new LinkedHashMap<>();
    for (var e : o.entrySet()) {
      if (e.getKey().equals("__metadata__")) continue;
      JsonObject t = e.getValue().getAsJsonObject();
      long[] shape = new long[t.getAsJsonArray("shape").size()];
      for (int i = 0; i < shape.length; i++)
        shape[i] = t.getAsJsonArray("shape").get(i).getAsLong();
      int from = t.getAsJsonArray("data_offsets").get(0).getAsInt();
      int to = t.getAsJsonArray("data_offsets").get(1).getAsInt();
      float[] v = new float[(to - from) / 2];
      for (int i = 0; i < v.length; i++) v[i] = f16(b.getShort(8 + n + from + 2 * i));
      out.put(e.getKey(), new Tensor(shape, v));
    }
    return new StateDict(out);
  }

  static float f16(short s) {
    int e = (s >> 10) & 31, m = s & 1023;
    double v = e == 0 ? m * Math.pow(2, -24) : (1 + m / 1024.0) * Math.pow(2, e - 15);
    return (float) (s < 0 ? -v : v);
  }
}
