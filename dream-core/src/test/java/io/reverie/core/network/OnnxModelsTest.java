package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.engine.Precision;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.evaluation.TrunkFinder;
import io.reverie.core.network.onnx.OnnxDescriptor;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.weights.onnx.OnnxFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ONNX model is as a network: its descriptor, its sizes, its head, its refusals. */
class OnnxModelsTest {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");
  private static final Path SCRIPT = Path.of("src/test/resources/onnx/make_onnx.py");

  @TempDir private Path folder;

  private static NetworkDescriptor descriptor(String model) {
    Path file = OnnxZooTest.file(model);
    return Networks.completed(Networks.parse(OnnxDescriptor.of(file), model), file);
  }

  @ParameterizedTest
  @CsvSource({
    "bvlc_googlenet, pool3/3x3_s2_1, loss3/classifier_1",
    "resnet_v1, /layer1.0/Add, /fc/Gemm",
    "vgg, conv4_1_2, fc8_1",
    "shufflenet, gpu_0/unit1/sum_1, gpu_0/last_out_L1000_1",
    "efficientnet, efficientnet/blocks_1/se/mul, efficientnet/head/Add",
    "operators, Sum, MatMul"
  })
  void aModelNeedsNoDescriptor(String model, String layer, String logits) {
    NetworkDescriptor descriptor = descriptor(model);
    assertThat(descriptor.name()).isEqualTo(model);
    assertThat(descriptor.preprocessing()).isEqualTo(Preprocessing.TORCHVISION);
    assertThat(descriptor.classes().map(Classes::layer)).contains(logits);
    assertThat(descriptor.layers(new Size(224, 224))).extracting(Layer::name).contains(layer);
    assertThat(descriptor.layers(new Size(descriptor.input(), descriptor.input())))
        .extracting(Layer::name)
        .contains(descriptor.layer(), logits);
  }

  @ParameterizedTest
  @CsvSource({
    "bvlc_googlenet, inception_4a/output_1, 1",
    "resnet_v1, /layer2.0/Relu, 1",
    "alexnet, Relu_4, 5",
    "squeezenet, conv10_2, 1",
    "shufflenet, gpu_0/unit2/relu_1, 1"
  })
  void theHeadIsThePoolingBeforeTheClassifier(String model, String trunk, int bins) {
    assertThat(TrunkFinder.of(descriptor(model).body().orElseThrow()))
        .hasValueSatisfying(
            head -> {
              assertThat(head.trunk()).isEqualTo(trunk);
              assertThat(head.bins()).isEqualTo(bins);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet", "vgg"})
  void gatesOfTheWholeImageAndFlattenedMapsLeaveNoHead(String model) {
    assertThat(TrunkFinder.of(descriptor(model).body().orElseThrow())).isEmpty();
    assertThat(descriptor(model).hasTiles(Set.of(), true)).isFalse();
  }

  @Test
  void layersAfterAGateOfTheWholeImageHaveNoReach() {
    try (Network network = OnnxZooTest.network("efficientnet")) {
      assertThat(network.reach("efficientnet/blocks_0/mul")).isPresent();
      assertThat(network.reach("efficientnet/blocks_0/se/mul")).isEmpty();
      assertThat(network.reach("efficientnet/blocks_1/depthwise/Conv2D")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bvlc_googlenet, inception_4a/output_1, loss3/classifier_1",
    "alexnet, Relu_4, Gemm_13"
  })
  void theHeadGivesWhatTheWholeNetworkGives(String model, String trunk, String last) {
    try (Network network = OnnxZooTest.network(model);
        NDManager scope = network.manager().newSubManager()) {
      Map<String, NDArray> whole =
          network.activations(photo(new Size(120, 90), scope), Set.of(trunk, last));
      int bins = network.head().orElseThrow().bins();
      NDArray pooled = Torch.adaptiveAveragePool(whole.get(trunk), bins);
      assertThat(network.headActivations(pooled, Set.of(last)).get(last).toDoubleArray())
          .containsExactly(whole.get(last).toDoubleArray(), within(1e-9));
    }
  }

  @Test
  void flattenedMapsExistAtTheTrainingSizeOnly() {
    try (Network network = OnnxZooTest.network("vgg");
        NDManager scope = network.manager().newSubManager()) {
      assertThat(network.layers(new Size(64, 64))).extracting(Layer::name).contains("fc8_1");
      assertThat(network.layers(new Size(128, 64)))
          .extracting(Layer::name)
          .contains("pool4_1", "flat")
          .doesNotContain("fc6_1", "fc8_1");
      assertThat(network.minimumSide("fc8_1")).isEqualTo(64);
      NDArray image = photo(new Size(128, 64), scope);
      assertThatThrownBy(() -> network.activations(image, Set.of("fc8_1")))
          .isInstanceOf(DreamException.class)
          .hasMessage(
              "the layer fc6_1 and those after it exist only for images of 64x64 px, because the ONNX model flattens maps of exactly 4x4 cells there, not 8x4; choose an earlier layer, or dream at that size in one octave");
    }
  }

  /** Java may not ask for the type of a bfloat16 tensor: the engine would end the process. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bvlc_googlenet",
        "resnet_v2",
        "alexnet",
        "densenet",
        "mobilenet_v2_opset13",
        "efficientnet",
        "shufflenet",
        "shufflenet_v2",
        "operators"
      })
  void everyLayerIsPromotedFromBfloat16(String model) {
    Path file = OnnxZooTest.file(model);
    NetworkDescriptor descriptor = Networks.parse(OnnxDescriptor.of(file), model);
    try (Network network = Networks.load(descriptor, file, "", "cpu", Precision.BFLOAT16);
        NDManager scope = network.manager().newSubManager()) {
      Size size = new Size(64, 64);
      Set<String> layers =
          network.layers(size).stream().map(Layer::name).collect(Collectors.toSet());
      NDArray image = photo(size, scope).toType(DataType.FLOAT32, false);
      Map<String, NDArray> all = Torch.withoutGradient(() -> network.activations(image, layers));
      assertThat(all).hasSameSizeAs(layers);
      assertThat(all.values())
          .allSatisfy(a -> assertThat(a.getDataType()).isEqualTo(DataType.FLOAT32));
    }
  }

  @Test
  void aDescriptorMayNameAModel() {
    String yaml =
        """
        name: mine
        title: a model with its own preprocessing
        architecture: onnx
        layer: inception_4a/output_1
        goodLayers: [inception_3a/output_1]
        minimumSide: 32
        input: 64
        classes: {layer: loss3/classifier_1, count: 10}
        preprocessing: {order: bgr, scale: 1, mean: [104, 117, 123], std: [1, 1, 1]}
        weights:
          - {uri: bvlc_googlenet.onnx, licence: unrestricted}
        """;
    NetworkDescriptor descriptor = Networks.parse(yaml, "mine.yaml");
    assertThat(descriptor.kind()).isEqualTo(NetworkDescriptor.Kind.ONNX);
    Path file = OnnxZooTest.file("bvlc_googlenet");
    assertThat(Networks.completed(descriptor, file).body()).isPresent();
    NetworkDescriptor wrong = Networks.parse(yaml.replace("count: 10", "count: 11"), "mine.yaml");
    assertThatThrownBy(() -> Networks.load(wrong, file, "", "cpu"))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "network mine names 11 classes, but its layer loss3/classifier_1 has 10 channels");
  }

  @Test
  void anUnknownOperatorIsNamedWithItsNode() throws Exception {
    byte[] bytes = Files.readAllBytes(OnnxZooTest.file("operators"));
    String changed =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("\u0009HardSwish", "\u0009HardWhish");
    Path file =
        Files.write(folder.resolve("odd.onnx"), changed.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> OnnxImporter.of(OnnxFile.read(file)))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining(
            "odd.onnx cannot be used: its node 'HardWhish' (HardWhish) needs an operator that is not supported");
  }

  @Test
  void valuesElsewhereAreReadFromTheModelsFolderOnly() throws Exception {
    byte[] bytes = Files.readAllBytes(OnnxZooTest.file("squeezenet"));
    byte[] data =
        Files.readAllBytes(OnnxZooTest.file("squeezenet").resolveSibling("squeezenet.data"));
    Path inside = Files.createDirectories(folder.resolve("inside"));
    Path model = Files.write(inside.resolve("m.onnx"), bytes);
    assertRefused(model, "keeps values in the file squeezenet.data, which must be beside it");
    Path outside = Files.write(folder.resolve("squeezenet.data"), data);
    Path link = Files.createSymbolicLink(inside.resolve("squeezenet.data"), outside);
    assertRefused(model, "keeps values in squeezenet.data, which is a link to another folder");
    Files.delete(link);
    Files.write(inside.resolve("squeezenet.data"), data);
    assertThat(OnnxFile.read(model).dataFiles()).containsExactly("squeezenet.data");
    Files.write(inside.resolve("squeezenet.data"), new byte[100]);
    assertRefused(model, "the values of its tensor");
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        model,
        text.replace("squeezenet.data", "../squeeze.data").getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(model, "keeps values in '../squeeze.data', which is not the name of a file");
  }

  private static void assertRefused(Path model, String why) {
    assertThatThrownBy(() -> OnnxFile.read(model))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("m.onnx is damaged or unsafe and was not used", why);
  }

  @Test
  void whatIsNoModelIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("m.onnx"), "no model");
    assertRefused(text, "it ");
    Path empty = Files.write(folder.resolve("m.onnx"), new byte[0]);
    assertRefused(empty, "it contains no graph");
    assertThatThrownBy(() -> OnnxFile.read(folder.resolve("none.onnx")))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("none.onnx does not exist");
  }

  /** The script needs Python with PyTorch, and the weights are not part of the repository. */
  @Test
  void trainedWeightsDreamTheSameAsOnnx() throws Exception {
    assumeThat(SQUEEZENET).exists();
    assumeThat(Path.of("/usr/bin/python3")).exists();
    Path onnx = folder.resolve("squeezenet.onnx");
    Process python =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-B",
                SCRIPT.toString(),
                "--squeezenet",
                SQUEEZENET.toString(),
                onnx.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assumeThat(python.waitFor()).as("python3-torch").isZero();
    NetworkDescriptor known = Networks.descriptor("squeezenet1_0");
    NetworkDescriptor implied = Networks.parse(OnnxDescriptor.of(onnx), "squeezenet.onnx");
    assertThat(implied.layer()).startsWith("features.");
    try (Network original = Networks.load(known, SQUEEZENET, "", "cpu");
        Network copy = Networks.load(implied, onnx, "", "cpu")) {
      for (String layer : List.of("features.5", "features.10", "features.12", "classifier.1")) {
        assertThat(dream(copy, layer)).as(layer).isEqualTo(dream(original, layer));
      }
    }
  }

  private static float[] dream(Network network, String layer) {
    OctaveSpec octave =
        new OctaveSpec(
            List.of(new L2(layer, ChannelSelector.all(), 1)), 2, Ramp.of(1.5), Ramp.of(0));
    DreamSpec spec = DreamSpec.plain(octave, new Octaves(2, 1.4), 8, 0);
    Size size = new Size(160, 120);
    float[] rgb = new float[size.width() * size.height() * 3];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (255 * random.nextDouble());
    }
    return new Dreamer(network, spec).dream(new Image(size, rgb)).image().rgb();
  }

  private static NDArray photo(Size size, NDManager scope) {
    double[] rgb =
        new SplittableRandom(7).doubles(3L * size.width() * size.height(), 0, 1).toArray();
    return scope.create(rgb, new Shape(1, size.height(), size.width(), 3));
  }
}
