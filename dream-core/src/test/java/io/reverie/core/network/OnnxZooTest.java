package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.network.onnx.OnnxNetwork;
import io.reverie.core.weights.onnx.OnnxFile;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every layer of small ONNX models in the forms of the model zoo with what Python computes
 * in float64; see onnx/make_onnx.py.
 */
class OnnxZooTest {

  private static final Preprocessing PREPROCESSING =
      new Preprocessing(
          Preprocessing.Order.RGB, 1, List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));

  private static final JsonObject ORACLE = oracle();

  static Stream<Arguments> modelsAndSizes() {
    return ORACLE.keySet().stream()
        .flatMap(
            model ->
                ORACLE.getAsJsonObject(model).keySet().stream()
                    .map(size -> Arguments.of(model, size)));
  }

  private static JsonObject expected(String model, String size, String what) {
    return ORACLE.getAsJsonObject(model).getAsJsonObject(size).getAsJsonObject(what);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("modelsAndSizes")
  void everyLayerHasTheMeanAndTheNormOfTheOracle(String model, String text) throws Exception {
    Size size = size(text);
    JsonObject layers = expected(model, text, "layers");
    try (Network network = network(model);
        NDManager scope = network.manager().newSubManager()) {
      List<String> names = network.layers(size).stream().map(Layer::name).toList();
      assertThat(names).containsAll(layers.keySet());
      if (text.equals("64x64")) {
        assertThat(names).containsExactlyElementsOf(layers.keySet());
      }
      Map<String, NDArray> activations =
          Torch.withoutGradient(() -> network.activations(input(size, scope), layers.keySet()));
      layers.keySet().forEach(l -> assertMatches(l, activations.get(l), layers.getAsJsonObject(l)));
    }
  }

  private static void assertMatches(String layer, NDArray a, JsonObject expected) {
    long values =
        expected.getAsJsonArray("shape").asList().stream()
            .mapToLong(side -> side.getAsLong())
            .reduce(1, Math::multiplyExact);
    assertThat(a.getShape().size()).as(layer).isEqualTo(values);
    NDArray flat = a.flatten();
    double l2 = expected.get("l2").getAsDouble();
    assertThat(Math.sqrt(flat.square().sum().getDouble()))
        .as(layer)
        .isCloseTo(l2, within(1e-7 * (1e-6 + l2)));
    double scale = 1e-6 + l2 / Math.sqrt((double) values);
    assertThat(flat.mean().getDouble())
        .as(layer)
        .isCloseTo(expected.get("mean").getAsDouble(), within(1e-7 * scale));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("modelsAndSizes")
  void gradientsEqualThoseOfTheOracle(String model, String text) throws Exception {
    JsonObject gradients = expected(model, text, "gradients");
    try (Network network = network(model)) {
      for (String layer : gradients.keySet()) {
        JsonObject expected = gradients.getAsJsonObject(layer);
        try (NDManager scope = network.manager().newSubManager()) {
          NDArray gradient =
              Torch.gradient(
                  input(size(text), scope),
                  scope,
                  x -> network.activations(x, Set.of(layer)).get(layer).square().sum().mul(0.5));
          NDArray flat = gradient.transpose(0, 3, 1, 2).flatten();
          double l2 = expected.get("l2").getAsDouble();
          assertThat(l2).as(layer).isPositive();
          assertThat(Math.sqrt(flat.square().sum().getDouble()))
              .as(layer)
              .isCloseTo(l2, within(1e-7 * l2));
          for (int i = 0; i < 5; i++) {
            assertThat(flat.getDouble(i))
                .as(layer)
                .isCloseTo(
                    expected.getAsJsonArray("first5").get(i).getAsDouble(), within(1e-7 * l2));
          }
        }
      }
    }
  }

  static Path file(String model) {
    try {
      return Path.of(OnnxZooTest.class.getResource("/onnx/%s.onnx".formatted(model)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Network network(String model) {
    return network(OnnxImporter.of(OnnxFile.read(file(model))), DataType.FLOAT64);
  }

  static Network network(OnnxNetwork onnx, DataType type) {
    return new LayerNetwork(
        "model",
        onnx.body(),
        PREPROCESSING,
        1,
        onnx.weights(),
        Torch.newManager(Device.cpu()),
        type);
  }

  private static Size size(String text) {
    int x = text.indexOf('x');
    return new Size(
        Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
  }

  private static NDArray input(Size size, NDManager scope) {
    double[] rgb = new double[size.height() * size.width() * 3];
    for (int i = 0; i < size.height(); i++) {
      for (int j = 0; j < size.width(); j++) {
        for (int c = 0; c < 3; c++) {
          rgb[(i * size.width() + j) * 3 + c] =
              (float) (0.5 + 0.5 * Math.sin(0.11 * i + 0.17 * j + 1.3 * c));
        }
      }
    }
    return scope.create(rgb, new Shape(1, size.height(), size.width(), 3));
  }

  private static JsonObject oracle() {
    try (Reader in =
        new InputStreamReader(
            OnnxZooTest.class.getResourceAsStream("/onnx/oracle.json"), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(in).getAsJsonObject();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
