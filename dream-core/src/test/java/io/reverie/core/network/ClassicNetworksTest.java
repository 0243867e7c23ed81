package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.weights.MessageFiles;
import io.reverie.core.weights.WeightsFile;
import io.reverie.core.weights.tensor.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the networks of Caffe and TensorFlow, read from files of their formats, with an
 * independent computation in float64; see oracle/make_classic.py.
 */
class ClassicNetworksTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "bvlc_googlenet, new.caffemodel",
    "bvlc_googlenet, old.caffemodel",
    "caffenet, old.caffemodel",
    "inception5h, graph.pb",
    "vgg16_caffe, old.caffemodel",
    "vgg19_caffe, new.caffemodel"
  })
  void layersAndGradientsEqualTheOracles(String name, String file) throws IOException {
    JsonObject oracle = TorchvisionNetworksTest.oracle(name);
    StateDict weights = weights(oracle, folder.resolve(file));
    try (Network network = network(name, weights)) {
      for (Size size : List.of(new Size(128, 96), new Size(118, 97))) {
        String key = "%dx%d".formatted(size.height(), size.width());
        assertLayers(network, size, oracle.getAsJsonObject("layers " + key));
        assertGradients(network, size, oracle.getAsJsonObject("gradients " + key));
      }
    }
  }

  private static StateDict weights(JsonObject oracle, Path file) throws IOException {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> each : oracle.getAsJsonObject("parameters").entrySet()) {
      shapes.put(each.getKey(), TorchvisionNetworksTest.longs(each.getValue()));
    }
    if (file.toString().endsWith(".pb")) {
      MessageFiles.graph(file, shapes, TorchvisionNetworksTest::tensor);
    } else {
      boolean old = file.getFileName().toString().startsWith("old");
      MessageFiles.caffe(file, shapes, TorchvisionNetworksTest::tensor, old);
    }
    StateDict weights = WeightsFile.read(file);
    assertThat(weights.names()).containsExactlyInAnyOrderElementsOf(shapes.keySet());
    return weights;
  }

  private static Network network(String name, StateDict weights) {
    NetworkDescriptor descriptor = Networks.descriptor(name);
    return new LayerNetwork(
        name,
        body(descriptor),
        descriptor.preprocessing(),
        1,
        weights,
        Torch.newManager(Device.cpu()),
        DataType.FLOAT64);
  }

  /** Leaves out VGG's fully connected layers of 500 MB. */
  private static Op body(NetworkDescriptor descriptor) {
    Op body = descriptor.body().orElseThrow();
    if (!descriptor.name().startsWith("vgg")) {
      return body;
    }
    List<Op> ops = ((Op.Sequence) body).ops();
    return new Op.Sequence(ops.subList(0, ops.size() - 4));
  }

  private static void assertLayers(Network network, Size size, JsonObject layers) {
    assertThat(network.layers(size))
        .extracting(Layer::name)
        .containsExactlyElementsOf(layers.keySet());
    try (NDManager scope = network.manager().newSubManager()) {
      Map<String, NDArray> activations = network.activations(input(size, scope), layers.keySet());
      layers
          .keySet()
          .forEach(
              layer ->
                  TorchvisionNetworksTest.assertMatches(
                      layer, activations.get(layer), layers.getAsJsonObject(layer)));
    }
  }

  private static void assertGradients(Network network, Size size, JsonObject gradients) {
    for (String layer : gradients.keySet()) {
      try (NDManager scope = network.manager().newSubManager()) {
        NDArray gradient =
            Torch.gradient(
                input(size, scope),
                scope,
                x -> network.activations(x, Set.of(layer)).get(layer).square().sum().mul(0.5));
        TorchvisionNetworksTest.assertMatches(
            layer, gradient.transpose(0, 3, 1, 2), gradients.getAsJsonObject(layer));
      }
    }
  }

  private static NDArray input(Size size, NDManager scope) {
    double[] rgb = new double[size.height() * size.width() * 3];
    int at = 0;
    for (int i = 0; i < size.height(); i++) {
      for (int j = 0; j < size.width(); j++) {
        for (int c = 0; c < 3; c++) {
          rgb[at] = (float) (255 * (0.5 + 0.5 * Math.sin(0.11 * i + 0.17 * j + 1.3 * c)));
          at++;
        }
      }
    }
    return scope.create(rgb, new Shape(1, size.height(), size.width(), 3));
  }
}
