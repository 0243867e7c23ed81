package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.architecture.Architecture;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares our architectures with torchvision's in float64; see oracle/make_oracle.py. */
class TorchvisionNetworksTest {

  private static final Preprocessing PREPROCESSING =
      new Preprocessing(
          Preprocessing.Order.RGB, 1, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet",
        "googlenet",
        "inception_v3",
        "resnet18",
        "resnet50",
        "squeezenet1_0",
        "squeezenet1_1",
        "vgg16",
        "vgg19"
      })
  void layersAndActivationsEqualTorchvisions(String name) throws IOException {
    JsonObject oracle = oracle(name);
    JsonObject layers = oracle.getAsJsonObject("layers");
    try (Network network = network(name, oracle);
        NDManager scope = network.manager().newSubManager()) {
      assertThat(network.layers(new Size(128, 96)))
          .extracting(Layer::name)
          .containsExactlyElementsOf(layers.keySet());
      Map<String, NDArray> activations = network.activations(input(scope), layers.keySet());
      layers.keySet().forEach(l -> assertMatches(l, activations.get(l), layers.getAsJsonObject(l)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet",
        "googlenet",
        "inception_v3",
        "resnet18",
        "resnet50",
        "squeezenet1_0",
        "squeezenet1_1",
        "vgg16",
        "vgg19"
      })
  void gradientsEqualTorchvisions(String name) throws IOException {
    JsonObject oracle = oracle(name);
    JsonObject gradients = oracle.getAsJsonObject("gradients");
    try (Network network = network(name, oracle)) {
      for (String layer : gradients.keySet()) {
        try (NDManager scope = network.manager().newSubManager()) {
          NDArray gradient =
              Torch.gradient(
                  input(scope),
                  scope,
                  x -> network.activations(x, Set.of(layer)).get(layer).square().sum().mul(0.5));
          assertMatches(layer, gradient.transpose(0, 3, 1, 2), gradients.getAsJsonObject(layer));
        }
      }
    }
  }

  static void assertMatches(String layer, NDArray a, JsonObject expected) {
    NDArray flat = a.flatten();
    if (expected.has("shape")) {
      assertThat(a.getShape().getShape()).as(layer).isEqualTo(maps(longs(expected.get("shape"))));
      double mean = expected.get("mean").getAsDouble();
      assertThat(flat.mean().getDouble()).as(layer).isCloseTo(mean, within(1e-9));
    }
    double l2 = expected.get("l2").getAsDouble();
    assertThat(Math.sqrt(flat.square().sum().getDouble())).isCloseTo(l2, within(1e-7 * l2));
    double[] first = flat.get("0:5").toDoubleArray();
    for (int i = 0; i < 5; i++) {
      double value = expected.getAsJsonArray("first5").get(i).getAsDouble();
      assertThat(first[i]).as(layer).isCloseTo(value, within(1e-7 * (1 + Math.abs(value))));
    }
  }

  /** Converts the shape (N, C) of a linear layer to ours, (N, C, 1, 1). */
  private static long[] maps(long[] shape) {
    return shape.length == 2 ? new long[] {shape[0], shape[1], 1, 1} : shape;
  }

  /** Leaves out VGG's classifier of 500 MB. */
  private static Op body(String name) {
    Op body = Architecture.valueOf(name.toUpperCase(Locale.ROOT)).of(1000);
    return name.startsWith("vgg") ? ((Op.Sequence) body).ops().get(0) : body;
  }

  private static Network network(String name, JsonObject oracle) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : oracle.getAsJsonObject("parameters").entrySet()) {
      tensors.put(entry.getKey(), tensor(entry.getKey(), longs(entry.getValue())));
    }
    return new LayerNetwork(
        name,
        body(name),
        PREPROCESSING,
        1,
        new StateDict("a formula", tensors),
        Torch.newManager(Device.cpu()),
        DataType.FLOAT64);
  }

  static Tensor tensor(String key, long[] shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    long fanIn = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < values.length; i++) {
      double u = hash(i, (int) crc.getValue());
      values[i] = (float) value(key, u, shape.length, fanIn);
    }
    return new Tensor(shape, values);
  }

  private static double value(String key, double u, int sides, long fanIn) {
    if (key.endsWith(".running_var")) {
      return 0.5 + u;
    }
    if (key.endsWith(".bias") || key.endsWith(".running_mean")) {
      return 0.2 * u - 0.1;
    }
    return sides == 1 ? 0.9 + 0.2 * u : (2 * u - 1) * Math.sqrt(6.0 / fanIn);
  }

  private static double hash(int i, int crc) {
    int x = i * (int) 2654435761L + crc;
    x = (x ^ (x >>> 16)) * 73244475;
    x = (x ^ (x >>> 16)) * 73244475;
    x ^= x >>> 16;
    return (x >>> 8) / 0x1p24;
  }

  private static NDArray input(NDManager scope) {
    double[] rgb = new double[96 * 128 * 3];
    for (int i = 0; i < 96; i++) {
      for (int j = 0; j < 128; j++) {
        for (int c = 0; c < 3; c++) {
          rgb[(i * 128 + j) * 3 + c] =
              (float) (0.5 + 0.5 * Math.sin(0.11 * i + 0.17 * j + 1.3 * c));
        }
      }
    }
    return scope.create(rgb, new Shape(1, 96, 128, 3));
  }

  static JsonObject oracle(String name) throws IOException {
    String resource = "/oracle/" + name + ".json";
    try (Reader in =
        new InputStreamReader(
            TorchvisionNetworksTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(in).getAsJsonObject();
    }
  }

  static long[] longs(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToLong(JsonElement::getAsLong).toArray();
  }
}
