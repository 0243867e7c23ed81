package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A TorchScript module against the same two convolutions; script/make_script.py made it. */
class ScriptNetworkTest {

  private static final String DESCRIPTOR =
      """
      name: two layers
      title: a script
      architecture: torchscript
      layer: first
      minimumSide: 9
      stride: 2
      field: 7
      preprocessing: {order: rgb, scale: 0.00392156862745098, mean: [0.4, 0.5, 0.6], std: [0.25, 0.25, 0.2]}
      """;

  private static NetworkDescriptor descriptor;
  private static Network network;

  @BeforeAll
  static void open() throws Exception {
    descriptor = Networks.parse(DESCRIPTOR, "two-layers.yaml");
    Path file = Path.of(ScriptNetworkTest.class.getResource("/script/two_layers.pt").toURI());
    network = Networks.load(descriptor, file, "", "cpu");
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void itsMapsAreItsLayers() {
    assertThat(network.layers(new Size(20, 31)))
        .containsExactly(new Layer("first", 4, 20, 31), new Layer("second", 5, 9, 15));
    assertThat(network.minimumSide("second")).isEqualTo(9);
  }

  @Test
  void itsActivationsAndGradientAreThoseOfTheConvolutions() {
    try (NDManager scope = network.manager().newSubManager()) {
      double[] rgb = new SplittableRandom(2).doubles(20 * 31 * 3, 0, 255).toArray();
      NDArray image = scope.create(rgb, new Shape(1, 20, 31, 3)).toType(DataType.FLOAT32, false);
      for (String layer : Set.of("first", "second")) {
        UnaryOperator<NDArray> script = x -> network.activations(x, Set.of(layer)).get(layer);
        UnaryOperator<NDArray> direct = x -> direct(x, layer.equals("second"));
        same(script.apply(image), direct.apply(image));
        same(
            Torch.gradient(image, scope, x -> script.apply(x).square().sum()),
            Torch.gradient(image, scope, x -> direct.apply(x).square().sum()));
      }
    }
  }

  @Test
  void itsReachIsWhatTheDescriptorStates() {
    assertThat(network.reach("first")).contains(new Reach(2, 7));
    assertThat(network.head()).isEmpty();
  }

  @Test
  void theComplaintAboutAnUnknownLayerNamesTheLayers() {
    assertThatThrownBy(() -> network.minimumSide("mean"))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "the network two layers has no layer 'mean'; the nearest of its 2 layers are second, first");
  }

  private static void same(NDArray got, NDArray expected) {
    assertThat(got.getShape()).isEqualTo(expected.getShape());
    float[] values = expected.toFloatArray();
    float[] others = got.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      assertThat(others[i]).isCloseTo(values[i], within(1e-4f));
    }
    assertThat(expected.abs().max().getFloat()).isPositive();
  }

  private static NDArray direct(NDArray image, boolean both) {
    NDArray x = descriptor.preprocessing().apply(image);
    NDArray first = Torch.relu(conv(x, 4, 3, 1, 1));
    return both ? Torch.relu(conv(first, 5, 4, 2, 0)) : first;
  }

  private static NDArray conv(NDArray x, int out, int in, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            formula(x, new Shape(out, in, 3, 3)),
            formula(x, new Shape(out)),
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1))
        .singletonOrThrow();
  }

  private static NDArray formula(NDArray like, Shape shape) {
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Math.sin(i * 0.7 + 0.3) * 0.3);
    }
    return like.getManager().create(values, shape);
  }
}
