package io.reverie.core.network.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.network.Networks;
import io.reverie.core.network.graph.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DescriptorReaderTest {

  private static final String VALID =
      """
      name: mine
      title: a test's network
      layer: b
      minimumSide: 16
      input: 64
      classes: {layer: head, names: [a, b, c, d, e, f, g]}
      preprocessing: {order: bgr, scale: 1, mean: [1, 2, 3], std: [1, 1, 1]}
      weights:
        - {uri: "https://example.org/w.pth", sha256: ABCD1234, licence: MIT}
      defaults: {step: 2}
      presets: {soft: {step: 1}}
      layers:
        - {name: a, op: conv, out: 8, kernel: 3, stride: 2, padding: 1}
        - {name: p, op: maxpool, kernel: 2, stride: 2}
        - {name: b, op: conv, out: 5, kernel: 1}
        - {name: head, op: classifier, out: 7}
      """;

  @Test
  void readsEveryField() {
    NetworkDescriptor mine = Networks.parse(VALID, "mine.yaml");
    assertThat(mine.name()).isEqualTo("mine");
    assertThat(mine.layer()).isEqualTo("b");
    assertThat(mine.minimumSide()).isEqualTo(16);
    assertThat(mine.input()).isEqualTo(64);
    assertThat(mine.classes().orElseThrow().id("c")).isEqualTo(2);
    assertThat(mine.preprocessing().order()).isEqualTo(Preprocessing.Order.BGR);
    assertThat(mine.weights().get(0).matches("abcd1234" + "0".repeat(56))).isTrue();
    assertThat(mine.defaults()).containsEntry("step", 2);
    assertThat(mine.presets().get("soft")).containsEntry("step", 1);
    assertThat(mine.layers(new Size(40, 32)))
        .containsExactly(
            new Layer("a", 8, 16, 20),
            new Layer("p", 8, 8, 10),
            new Layer("b", 5, 8, 10),
            new Layer("head", 7, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("io.reverie.core.network.Networks#names")
  void everyBuiltInNetworkNamesAnExistingLayer(String name) {
    NetworkDescriptor descriptor = Networks.descriptor(name);
    assertThat(descriptor.name()).isEqualTo(name);
    assertThat(descriptor.layers(new Size(descriptor.input(), descriptor.input())))
        .extracting(Layer::name)
        .contains(descriptor.layer());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title: a test's network | titel: x | mine.yaml lacks the required key 'title'",
        "minimumSide: 16 | minimumSide: wide | mine.yaml.minimumSide must be a number, not wide",
        "minimumSide: 16 | minimumSide: 0 | minimumSide must be at least 1, not 0",
        "out: 7 | out: 6 | network mine names 7 classes, but its layer head has 6 channels",
        "layer: head | layer: heap | network mine has no layer 'heap'; the nearest",
        "names: [a, b, c, d, e, f, g] | names: inagemet | unknown list of class names 'inagemet'; choose",
        "input: 64 | input: 8 | network mine: input must be at least the minimumSide 16, not 8",
        "op: classifier | op: softmax | mine.yaml.layers[3]: unknown operation 'softmax'; choose conv,",
        "kernel: 1} | kernel: 1, dilation: 2} | layers[2] has the unknown key 'dilation'",
        "kernel: 1} | padding: 0} | mine.yaml.layers[2] lacks the required key 'kernel'",
        "order: bgr | order: hsv | mine.yaml.preprocessing: order must be rgb or bgr, not hsv",
        "minimumSide: 16 | minimumSide: 16.5 | mine.yaml.minimumSide must be a whole number, not 16.5",
        "scale: 1 | scale: 0 | preprocessing needs a positive scale, not 0",
        "licence: MIT | license: MIT | mine.yaml.weights[0] lacks the required key 'licence'",
        "{step: 1} | soft | presets.soft must be a mapping, not soft",
        "title: a | architecture: vgg@title: a | unknown architecture 'vgg'; choose torchscript, onnx or one of alexnet, bvlc_googlenet,",
        "title: a | architecture: torchscript@field: 7@title: a | mine.yaml lacks the required key 'stride'",
        "title: a | architecture: torchscript@stride: 0@field: 7@title: a | mine.yaml: stride and field must be from 1 to",
        "name: mine | name: [mine | mine.yaml is not valid YAML: line 2, expected ',' or ']', but got "
      })
  void mistakesAreReportedInOneSentence(String right, String wrong, String sentence) {
    assertThatThrownBy(
            () -> Networks.parse(VALID.replace(right, wrong.replace('@', '\n')), "mine.yaml"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void classesWithoutNamesAreNumbered() {
    String counted = VALID.replace("names: [a, b, c, d, e, f, g]", "count: 7");
    Classes classes = Networks.parse(counted, "mine.yaml").classes().orElseThrow();
    assertThat(classes.id("6")).isEqualTo(6);
    assertThat(classes.names()).hasSize(7);
  }

  @Test
  void unknownKeysAreRejected() {
    assertThatThrownBy(() -> Networks.parse(VALID + "colour: blue\n", "mine.yaml"))
        .isInstanceOf(DreamException.class)
        .hasMessage("mine.yaml has the unknown key 'colour'");
  }

  @Test
  void aDocumentThatIsNotAMappingIsRejected() {
    assertThatThrownBy(() -> Networks.parse("- 1", "mine.yaml"))
        .isInstanceOf(DreamException.class)
        .hasMessage("mine.yaml must be a mapping, not a list");
  }

  @Test
  void anUnknownNetworkIsReportedWithTheKnownOnes() {
    assertThatThrownBy(() -> Networks.descriptor("vgg"))
        .isInstanceOf(DreamException.class)
        .hasMessageStartingWith(
            "unknown network 'vgg' (did you mean 'vgg16'?); choose one of embedded,");
  }
}
