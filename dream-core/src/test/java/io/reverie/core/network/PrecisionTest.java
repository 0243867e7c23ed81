package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.graph.Layer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** bfloat16 against float32. */
class PrecisionTest {

  private static final Size SIZE = new Size(96, 64);

  @Test
  void gradientsOfTheEmbeddedNetworkPointTheSameWay() throws Exception {
    NetworkDescriptor descriptor = Networks.descriptor("embedded");
    try (Network exact = TestNetworks.embedded(DataType.FLOAT32);
        Network half = TestNetworks.at(Precision.BFLOAT16, descriptor)) {
      for (Layer layer : exact.layers(SIZE)) {
        assertThat(cosine(gradient(exact, layer.name()), gradient(half, layer.name())))
            .as(layer.name())
            .isBetween(0.95, 0.999999);
      }
    }
  }

  /** Java may not ask for the type of a bfloat16 tensor: the engine would end the process. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alexnet",
        "bvlc_googlenet",
        "caffenet",
        "googlenet",
        "inception5h",
        "inception_v3",
        "resnet18",
        "squeezenet1_1",
        "vgg16"
      })
  void everyLayerOfEveryArchitectureIsPromoted(String name) {
    try (Network network = TestNetworks.filledAt(Precision.BFLOAT16, name)) {
      int side = Math.max(75, Networks.descriptor(name).minimumSide());
      Size size = new Size(side, side);
      Set<String> layers =
          network.layers(size).stream().map(Layer::name).collect(Collectors.toSet());
      try (NDManager scope = network.manager().newSubManager()) {
        NDArray image = image(size, scope);
        Map<String, NDArray> all = Torch.withoutGradient(() -> network.activations(image, layers));
        assertThat(all).hasSameSizeAs(layers);
        assertThat(all.values())
            .allSatisfy(a -> assertThat(a.getDataType()).isEqualTo(DataType.FLOAT32));
      }
    }
  }

  @Test
  void aTorchScriptModuleComputesInItToo() throws Exception {
    try (Network exact = TestNetworks.script("");
        Network half = TestNetworks.scriptAt(Precision.BFLOAT16)) {
      assertThat(cosine(gradient(exact, "first"), gradient(half, "first")))
          .isBetween(0.95, 0.999999);
    }
  }

  @Test
  void theThreadComputesInFloat32Afterwards() {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray a = image(new Size(8, 8), scope).reshape(8, 24);
      NDArray product = a.matMul(a.transpose());
      Map<String, NDArray> rounded =
          Precision.BFLOAT16.run(
              Device.cpu(), List.of("x"), () -> Map.of("x", a.matMul(a.transpose())));
      assertThat(rounded.get("x")).isNotEqualTo(product);
      assertThat(a.matMul(a.transpose())).isEqualTo(product);
      assertThatThrownBy(
              () ->
                  Precision.BFLOAT16.run(
                      Device.cpu(),
                      List.of("x"),
                      () -> {
                        throw new IllegalStateException("on purpose");
                      }))
          .hasMessage("on purpose");
      assertThat(a.matMul(a.transpose())).isEqualTo(product);
    }
  }

  private static float[] gradient(Network network, String layer) {
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray image = image(SIZE, scope);
      return Torch.gradient(
              image,
              scope,
              leaf -> {
                NDArray a =
                    Objects.requireNonNull(network.activations(leaf, Set.of(layer)).get(layer));
                return a.square().sum();
              })
          .toFloatArray();
    }
  }

  private static NDArray image(Size size, NDManager scope) {
    double[] values =
        new SplittableRandom(5).doubles(3L * size.width() * size.height(), 0, 255).toArray();
    float[] rgb = new float[values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) values[i];
    }
    return scope.create(rgb, new Shape(1, size.height(), size.width(), 3));
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
