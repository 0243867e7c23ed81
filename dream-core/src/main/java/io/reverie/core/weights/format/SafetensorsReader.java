package io.reverie.core.weights.format;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.SourceStream;
import io.reverie.core.weights.tensor.ElementType;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import io.reverie.core.weights.tensor.TensorLayout;
import io.reverie.core.weights.tensor.TensorNames;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Hugging Face's safetensors: eight bytes of header length, a JSON header with names, types,
 * shapes and offsets, then the data. Every size is checked against the file before use, and the
 * header is streamed in its expected form instead of building a tree of arbitrary depth.
 */
public final class SafetensorsReader {

  private static final int LENGTH = 8;
  private static final int LARGEST_HEADER = 8 << 20;

  private final Source source;
  private final long data;
  private final JsonReader json;

  /** A tensor's bytes in the file. */
  private record Extent(String name, Region region) {}

  private SafetensorsReader(Source source, long data) {
    this.source = source;
    this.data = data;
    this.json =
        new JsonReader(
            new InputStreamReader(new SourceStream(source, LENGTH, data), StandardCharsets.UTF_8));
  }

  public static StateDict read(Source source) throws IOException, MalformedWeights {
    long length = source.read(0, LENGTH).getLong();
    if (length < 2 || length > source.size() - LENGTH) {
      throw unknown(null);
    }
    if (length > LARGEST_HEADER) {
      throw new MalformedWeights(
          "it is neither a PyTorch nor a safetensors file, or has a header of %d bytes"
              .formatted(length));
    }
    return new SafetensorsReader(source, LENGTH + length).tensors();
  }

  private static MalformedWeights unknown(@Nullable Exception cause) {
    return new MalformedWeights(
        "it is neither a PyTorch nor a safetensors file, nor one of Caffe or TensorFlow", cause);
  }

  private StateDict tensors() throws IOException, MalformedWeights {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Extent> extents = new ArrayList<>();
    String name = "";
    try {
      json.beginObject();
      while (json.hasNext()) {
        name = TensorNames.plain(json.nextName());
        if (name.equals("__metadata__")) {
          skipTexts();
        } else if (tensors.put(name, tensor(name, extents)) != null) {
          throw new MalformedWeights("it contains the tensor %s twice".formatted(name));
        }
      }
      json.endObject();
    } catch (IllegalStateException
        | NumberFormatException
        | MalformedJsonException
        | EOFException e) {
      throw name.isEmpty()
          ? unknown(e)
          : new MalformedWeights("the header entry of %s is invalid".formatted(name), e);
    }
    requireApart(extents);
    return new StateDict(source.name(), tensors);
  }

  private void skipTexts() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      json.skipValue();
      if (json.peek() != JsonToken.STRING) {
        throw new MalformedJsonException("no text");
      }
      json.skipValue();
    }
    json.endObject();
  }

  private Tensor tensor(String name, List<Extent> extents) throws IOException, MalformedWeights {
    String type = "";
    long[] shape = {};
    long[] offsets = {};
    json.beginObject();
    while (json.hasNext()) {
      String field = json.nextName();
      switch (field) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = longs();
        case "data_offsets" -> offsets = longs();
        default -> throw new MalformedJsonException("an unknown field");
      }
    }
    json.endObject();
    TensorLayout layout = layout(name, type, shape);
    Region region = region(name, offsets, layout);
    extents.add(new Extent(name, region));
    return layout.in(region);
  }

  private long[] longs() throws IOException {
    long[] longs = new long[TensorLayout.MAX_DIMENSIONS];
    int count = 0;
    json.beginArray();
    while (json.hasNext()) {
      if (count == longs.length) {
        throw new MalformedJsonException("too many numbers");
      }
      longs[count] = json.nextLong();
      count++;
    }
    json.endArray();
    return Arrays.copyOf(longs, count);
  }

  private static TensorLayout layout(String name, String type, long[] shape)
      throws MalformedWeights {
    ElementType known =
        ElementType.ofSafetensors(type)
            .orElseThrow(
                () ->
                    new MalformedWeights(
                        "%s has the unsupported type %s"
                            .formatted(name, type.length() > 16 ? "of a long name" : type)));
    try {
      TensorLayout layout = TensorLayout.contiguous(known, shape);
      Math.multiplyExact(layout.elements(), known.bytes());
      return layout;
    } catch (ArithmeticException e) {
      throw unfit(name);
    }
  }

  private Region region(String name, long[] offsets, TensorLayout layout) throws MalformedWeights {
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[1] < offsets[0]
        || offsets[1] > source.size() - data
        || offsets[1] - offsets[0] != layout.bytes()) {
      throw unfit(name);
    }
    return new Region(source, data + offsets[0], offsets[1] - offsets[0]);
  }

  private static MalformedWeights unfit(String name) {
    return new MalformedWeights("the offsets of %s do not fit the file".formatted(name));
  }

  /** Rejects overlapping tensors, which could expand to more than the size of the file. */
  private static void requireApart(List<Extent> extents) throws MalformedWeights {
    extents.sort(
        Comparator.comparingLong((Extent each) -> each.region().position())
            .thenComparingLong(each -> each.region().length()));
    for (int i = 1; i < extents.size(); i++) {
      Extent before = extents.get(i - 1);
      if (before.region().position() + before.region().length()
          > extents.get(i).region().position()) {
        throw new MalformedWeights(
            "its tensors %s and %s share bytes".formatted(before.name(), extents.get(i).name()));
      }
    }
  }
}
