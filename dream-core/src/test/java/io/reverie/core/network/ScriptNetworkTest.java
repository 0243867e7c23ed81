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
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares a TorchScript module, made by script/make_script.py, with the same two convolutions. */
class ScriptNetworkTest {

  private static final String REACH = "stride: 2\nfield: 7";

  private static Network network;

  @TempDir private Path folder;

  @BeforeAll
  static void open() throws Exception {
    network = TestNetworks.script(REACH);
  }

  @AfterAll
  static void close() {
    network.close();
  }

  @Test
  void everyFeatureMapIsALayer() {
    assertThat(network.layers(new Size(31, 20)))
        .containsExactly(new Layer("first", 4, 20, 31), new Layer("second", 5, 9, 15));
    assertThat(network.minimumSide("second")).isEqualTo(9);
  }

  @Test
  void activationsAndGradientsEqualThoseOfTheConvolutions() {
    try (NDManager scope = network.manager().newSubManager()) {
      double[] rgb = new SplittableRandom(2).doubles(20 * 31 * 3, 0, 255).toArray();
      NDArray image = scope.create(rgb, new Shape(1, 20, 31, 3)).toType(DataType.FLOAT32, false);
      for (String layer : Set.of("first", "second")) {
        UnaryOperator<NDArray> script = x -> network.activations(x, Set.of(layer)).get(layer);
        UnaryOperator<NDArray> direct = x -> direct(x, layer.equals("second"));
        assertClose(script.apply(image), direct.apply(image));
        assertClose(
            Torch.gradient(image, scope, x -> script.apply(x).square().sum()),
            Torch.gradient(image, scope, x -> direct.apply(x).square().sum()));
      }
    }
  }

  @Test
  void stridesAreMeasuredAndTheFieldIsTheStatedOne() throws Exception {
    assertThat(network.reach("first")).contains(new Reach(1, 7));
    assertThat(network.reach("second")).contains(new Reach(2, 7));
    assertThat(network.head()).isEmpty();
    try (Network other = TestNetworks.script("")) {
      assertThat(other.reach("second")).isEmpty();
    }
    try (Network other = TestNetworks.script("stride: 8\nfield: 20")) {
      assertThat(other.reach("second")).contains(new Reach(2, 20));
    }
  }

  @Test
  void aLayerOfOneCellSeesTheWholeImage() throws Exception {
    String mean = "_0 = {\"mean\": torch.mean(second0, [2, 3], True)}";
    try (Network pooled = TestNetworks.script(REACH, module(mean, "Dict[str, Tensor]"))) {
      assertThat(pooled.reach("mean")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void aStrideThatFitsNoLayerIsRejected(int stride) {
    assertThatThrownBy(() -> TestNetworks.script("field: 7\nstride: " + stride))
        .isInstanceOf(DreamException.class)
        .hasMessageMatching(
            "network two layers: the stride of %d px does not fit layer second, .* largest stride"
                .formatted(stride));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Dict[str, Tensor] | _0 = {'first': torch.detach(first0)} | has no gradient; do not call detach() or use no_grad() in the module",
        "Dict[str, Tensor] | _0 = {'mean': torch.mean(second0, [2, 3])} | returns no feature maps; it must return named tensors of shape (1,",
        "Dict[str, Tensor] | _0 = {'two': torch.cat([first0, first0], 0)} | returns no feature maps; it must return named tensors of shape (1,",
        "Dict[str, Tensor] | _0 = {'whole': torch.to(first0, 4)} | returns no feature maps; it must return named tensors of shape (1,",
        "Dict[str, Dict[str, Tensor]] | _0 = {'a': {'b': first0}} | must return a dictionary of named tensors: ",
        "int | _0 = 5 | must return a dictionary of named tensors: ",
        "Tensor | ops.prim.RaiseException('boom'); _0 = x | fails on an image of 9x9 px: RuntimeError: boom"
      })
  void unusableModulesAreReported(String type, String returned, String sentence) throws Exception {
    Path module = module(returned.replace('\'', '"').replace("; ", "\n    "), type);
    assertThatThrownBy(() -> TestNetworks.script(REACH, module))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("the TorchScript module %s".formatted(module))
        .hasMessageContaining(sentence);
  }

  @Test
  void aFileThatIsNotAModuleIsRejected() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pt"), "no module at all");
    Path cut = folder.resolve("cut.pt");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(module("_0 = x", "Tensor")), 2000));
    for (Path file : List.of(text, cut)) {
      assertThatThrownBy(() -> TestNetworks.script(REACH, file))
          .isInstanceOf(DreamException.class)
          .hasMessageStartingWith(file + " is not a TorchScript module (")
          .hasMessageEndingWith("name their architecture in the descriptor");
    }
  }

  /** Copies the test module with another return statement; its code is text in a zip. */
  private Path module(String returned, String type) throws Exception {
    Path module = folder.resolve("other.pt");
    Files.copy(
        Path.of(ScriptNetworkTest.class.getResource("/script/two_layers.pt").toURI()), module);
    try (FileSystem zip = FileSystems.newFileSystem(module)) {
      Path code = zip.getPath("two_layers/code/__torch__.py");
      String text = Files.readString(code).replace("-> Dict[str, Tensor]", "-> " + type);
      Files.writeString(
          code,
          "%s    %s%n    return _0%n"
              .formatted(text.substring(0, text.indexOf("    _0 =")), returned));
    }
    return module;
  }

  @Test
  void anUnknownLayerIsReportedWithTheNearestNames() {
    assertThatThrownBy(() -> network.minimumSide("mean"))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "network two layers has no layer 'mean'; the nearest of its 2 layers are second, first");
  }

  private static void assertClose(NDArray got, NDArray expected) {
    assertThat(got.getShape()).isEqualTo(expected.getShape());
    float[] values = expected.toFloatArray();
    float[] others = got.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      assertThat(others[i]).isCloseTo(values[i], within(1e-4f));
    }
    assertThat(expected.abs().max().getFloat()).isPositive();
  }

  private static NDArray direct(NDArray image, boolean both) {
    NDArray x = Networks.parse(TestNetworks.SCRIPT, "").preprocessing().apply(image);
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
