package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.weights.Containers;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights as people have them, for ResNet 18 and other networks with classifiers. */
class WeightsMatchTest {

  private static final NetworkDescriptor RESNET = Networks.descriptor("resnet18");
  private static final StateDict WEIGHTS = TestNetworks.weights(RESNET.body().orElseThrow(), 1);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "model.", "backbone.", "encoder.", "model.net.0.body."})
  void anyPrefixIsDropped(String prefix) {
    WeightsMatch match = WeightsMatch.of(RESNET, renamed(WEIGHTS, name -> prefix + name));
    assertThat(match.prefix()).isEqualTo(prefix);
    assertThat(match.cut()).isEmpty();
    assertThat(match.outputs()).isZero();
    assertThat(match.remarks()).hasSize(prefix.isEmpty() ? 0 : 1);
  }

  @Test
  void otherTensorsDoNotMatter() {
    StateDict all =
        renamed(WEIGHTS, name -> name.startsWith("fc.") ? "head." + name : "backbone." + name);
    WeightsMatch match = WeightsMatch.of(RESNET, all);
    assertThat(match.prefix()).isEqualTo("backbone.");
    assertThat(match.cut()).isEqualTo("fc");
  }

  @Test
  void twoCopiesOfTheNetworkAreAmbiguous() {
    Map<String, Tensor> twice = new LinkedHashMap<>();
    for (String name : WEIGHTS.names()) {
      twice.put("encoder_q." + name, WEIGHTS.get(name));
      twice.put("encoder_k." + name, WEIGHTS.get(name));
    }
    assertThatThrownBy(() -> WeightsMatch.of(RESNET, new StateDict("moco.pth", twice)))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("moco.pth", "several times, as encoder_k., encoder_q.;");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, fc., fc, avgpool, 512",
    "squeezenet1_1, classifier., classifier.1, features, 512",
    "alexnet, classifier., classifier.1, avgpool, 256",
    "alexnet, classifier.6, classifier.6, classifier, 4096"
  })
  void weightsWithoutAClassifierHaveNoClasses(
      String name, String missing, String cut, String last, int channels) {
    NetworkDescriptor network = Networks.descriptor(name);
    StateDict all = TestNetworks.weights(network.body().orElseThrow(), 1);
    WeightsFacts facts = facts(network, without(all, each -> each.startsWith(missing)));
    assertThat(facts.cut()).isEqualTo(cut);
    assertThat(facts.remarks()).singleElement().asString().contains("no classifier", cut);
    NetworkDescriptor adapted = network.adapted(facts);
    assertThat(adapted.classes()).isEmpty();
    List<Layer> layers = adapted.layers(new Size(224, 224));
    Layer deepest = layers.get(layers.size() - 1);
    assertThat(deepest.name()).isEqualTo(last);
    assertThat(deepest.channels()).isEqualTo(channels);
  }

  @ParameterizedTest
  @CsvSource({"resnet18, fc", "squeezenet1_1, classifier.1"})
  void anotherNumberOfClassesIsAdoptedAndNamedByNumber(String name, String layer) {
    NetworkDescriptor network = Networks.descriptor(name);
    StateDict all = TestNetworks.weights(network.body().orElseThrow(), 1);
    WeightsFacts facts = facts(network, withOutputs(all, layer, 37));
    assertThat(facts.outputs()).isEqualTo(37);
    assertThat(facts.remarks()).singleElement().asString().contains("37 classes instead of 1000");
    NetworkDescriptor adapted = network.adapted(facts);
    assertThat(adapted.classes().orElseThrow().names()).hasSize(37).startsWith("0").endsWith("36");
    assertThat(adapted.layers(new Size(224, 224)))
        .filteredOn(each -> each.name().equals(layer))
        .singleElement()
        .extracting(Layer::channels)
        .isEqualTo(37L);
  }

  /** The built-in descriptors of these only count their classes. */
  @ParameterizedTest
  @CsvSource({"googlenet_places205, loss3/classifier", "inception5h, softmax2"})
  void soIsThatOfNetworksWhoseClassesHaveNoNames(String name, String key) {
    NetworkDescriptor network = Networks.descriptor(name);
    StateDict all = TestNetworks.weights(network.body().orElseThrow(), 1);
    WeightsFacts facts = facts(network, withOutputs(all, key, 37));
    assertThat(facts.outputs()).isEqualTo(37);
    assertThat(network.adapted(facts).classes().orElseThrow().names()).hasSize(37);
  }

  @Test
  void classesThatTheUserNamesMustBeThoseOfTheFile() {
    NetworkDescriptor birds =
        Networks.parse(
            """
            name: birds
            title: three birds
            architecture: resnet18
            layer: layer3
            minimumSide: 64
            classes: {layer: fc, names: [robin, wren, owl]}
            preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
            weights: []
            """,
            "birds.yaml");
    assertThatThrownBy(() -> WeightsMatch.of(birds, WEIGHTS))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining(
            "have 1000 classes, but network birds names 3; correct its 'classes'");
  }

  @Test
  void namesThatAreMissingAndNamesThatAreUnexpectedAreShown() {
    StateDict wrong =
        renamed(WEIGHTS, name -> name.replace("layer1.0.conv1", "layer1.0.convolution1"));
    assertThatThrownBy(() -> WeightsMatch.of(RESNET, wrong))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining(
            "they lack the tensor layer1.0.conv1.weight and have the unexpected layer1.0.convolution1.weight;");
  }

  @Test
  void aHoleInTheMiddleIsNoMissingClassifier() {
    assertThatThrownBy(
            () -> WeightsMatch.of(RESNET, without(WEIGHTS, name -> name.startsWith("layer4."))))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("they lack the tensors layer4.0.conv1.weight, ");
  }

  @Test
  void batchNormTellsTheRangeOfTheInputs() throws IOException {
    // The formula's kernels have a norm of about 1 and its variances are from 0.5 to 1.5.
    assertThat(Networks.facts(RESNET, write(WEIGHTS), "").preprocessing())
        .isEqualTo(RESNET.preprocessing());
    Map<String, Tensor> loud = new LinkedHashMap<>();
    WEIGHTS.names().forEach(name -> loud.put(name, WEIGHTS.get(name)));
    loud.put("bn1.running_var", multiplied(WEIGHTS.get("bn1.running_var"), 65 * 65));
    WeightsFacts facts = Networks.facts(RESNET, write(new StateDict("loud", loud)), "");
    assertThat(facts.preprocessing()).isEqualTo(Preprocessing.CAFFE);
    assertThat(facts.known()).isFalse();
  }

  @Test
  void theNetworkOfWeightsWithAPrefixAndOtherClassesRuns() throws IOException {
    StateDict weights = renamed(withOutputs(WEIGHTS, "fc", 5), name -> "model." + name);
    Path file = write(weights);
    WeightsFacts facts = Networks.facts(RESNET, file, "");
    try (Network network = Networks.load(RESNET, file, "", "cpu")) {
      assertThat(network.layers(new Size(64, 64))).last().extracting(Layer::channels).isEqualTo(5L);
      assertThat(new Classifier(network, RESNET.adapted(facts)).classify(grey(), 9)).hasSize(5);
    }
  }

  private static Image grey() {
    return new Image(new Size(64, 64), new float[64 * 64 * 3]);
  }

  private Path write(StateDict weights) throws IOException {
    return Files.write(folder.resolve("w.safetensors"), Containers.safetensors(weights, ""));
  }

  private static WeightsFacts facts(NetworkDescriptor network, StateDict weights) {
    WeightsMatch match = WeightsMatch.of(network, weights);
    return new WeightsFacts(
        match.prefix(),
        match.outputs(),
        match.cut(),
        match.lacking(),
        List.of(),
        network.preprocessing(),
        true,
        match.remarks());
  }

  private static StateDict renamed(StateDict weights, UnaryOperator<String> rename) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.names().forEach(name -> tensors.put(rename.apply(name), weights.get(name)));
    return new StateDict("a formula", tensors);
  }

  private static StateDict without(StateDict weights, Predicate<String> dropped) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    weights.names().stream()
        .filter(dropped.negate())
        .forEach(name -> tensors.put(name, weights.get(name)));
    return new StateDict("a formula", tensors);
  }

  private static StateDict withOutputs(StateDict weights, String key, int outputs) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : weights.names()) {
      Tensor tensor = weights.get(name);
      tensors.put(name, name.startsWith(key + ".") ? first(tensor, outputs) : tensor);
    }
    return new StateDict("a formula", tensors);
  }

  private static Tensor first(Tensor tensor, int outputs) {
    long[] shape = tensor.shape().clone();
    int each = tensor.values().length / (int) shape[0];
    shape[0] = outputs;
    return new Tensor(shape, Arrays.copyOf(tensor.values(), outputs * each));
  }

  private static Tensor multiplied(Tensor tensor, float factor) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return new Tensor(tensor.shape(), values);
  }
}
