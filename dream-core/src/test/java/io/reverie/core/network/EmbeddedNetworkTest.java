package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.reverie.core.engine.Torch;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the embedded network with an independent implementation in PyTorch. */
class EmbeddedNetworkTest {

  private static Network network;
  private static JsonObject reference;

  @BeforeAll
  static void load() throws Exception {
    network = TestNetworks.embedded(DataType.FLOAT32);
    try (Reader in =
        new InputStreamReader(
            EmbeddedNetworkTest.class.getResourceAsStream("/embedded/reference.json"),
            StandardCharsets.UTF_8)) {
      reference = JsonParser.parseReader(in).getAsJsonObject();
    }
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void everyLayerEqualsTheReference() {
    JsonObject layers = reference.getAsJsonObject("layers");
    try (NDManager scope = network.manager().newSubManager()) {
      Map<String, NDArray> activations = network.activations(input(scope), layers.keySet());
      for (String layer : layers.keySet()) {
        JsonObject expected = layers.getAsJsonObject(layer);
        NDArray a = activations.get(layer);
        assertThat(a.getShape().getShape()).as(layer).isEqualTo(longs(expected, "shape"));
        assertThat(norm(a)).as(layer).isCloseTo(number(expected, "l2"), within(1e-3));
        assertThat((double) a.max().getFloat())
            .as(layer)
            .isCloseTo(number(expected, "max"), within(1e-4));
      }
    }
  }

  @Test
  void theLogitsEqualTheReference() {
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray logits = network.activations(input(scope), Set.of("head")).get("head");
      JsonObject expected = reference.getAsJsonObject("logits");
      assertThat(logits.argMax().getLong()).isEqualTo(expected.get("argmax").getAsLong());
      assertThat(norm(logits)).isCloseTo(number(expected, "l2"), within(1e-3));
    }
  }

  @Test
  void theGradientOfEveryLayerEqualsTheReference() {
    JsonObject gradients = reference.getAsJsonObject("gradients");
    for (String layer : gradients.keySet()) {
      try (NDManager scope = network.manager().newSubManager()) {
        JsonObject expected = gradients.getAsJsonObject(layer);
        NDArray g =
            Torch.gradient(
                input(scope),
                scope,
                x -> network.activations(x, Set.of(layer)).get(layer).square().mean().mul(0.5));
        // The reference gradient is with respect to 0..1.
        NDArray planes = g.mul(255).transpose(0, 3, 1, 2).flatten();
        assertThat(norm(planes))
            .as(layer)
            .isCloseTo(number(expected, "l2"), within(1e-3 * number(expected, "l2")));
        float[] first = planes.get("0:5").toFloatArray();
        JsonArray five = expected.getAsJsonArray("first5");
        for (int i = 0; i < 5; i++) {
          assertThat((double) first[i]).isCloseTo(five.get(i).getAsDouble(), within(1e-6));
        }
      }
    }
  }

  private static NDArray input(NDManager scope) {
    float[] rgb = new float[96 * 128 * 3];
    for (int i = 0; i < 96; i++) {
      for (int j = 0; j < 128; j++) {
        for (int c = 0; c < 3; c++) {
          float value = (float) (0.5 + 0.5 * Math.sin(0.11 * i + 0.17 * j + 1.3 * c));
          rgb[(i * 128 + j) * 3 + c] = value * 255;
        }
      }
    }
    return scope.create(rgb, new Shape(1, 96, 128, 3));
  }

  private static double norm(NDArray a) {
    return Math.sqrt(a.toType(DataType.FLOAT64, true).square().sum().getDouble());
  }

  private static double number(JsonObject object, String key) {
    return object.get(key).getAsDouble();
  }

  private static long[] longs(JsonObject object, String key) {
    return object.getAsJsonArray(key).asList().stream().mapToLong(e -> e.getAsLong()).toArray();
  }
}
