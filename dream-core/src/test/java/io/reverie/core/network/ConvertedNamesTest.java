package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.graph.evaluation.StepTensors;
import io.reverie.core.weights.tensor.StateDict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of converted networks that are about. */
class ConvertedNamesTest {

  @ParameterizedTest
  @CsvSource({
    "UNDERSCORES, inception_4c/3x3_reduce.weight, inception_4c_3x3_reduce.weight",
    "UNDERSCORES, conv1/7x7_s2.bias, conv1_7x7_s2.bias",
    "UNDERSCORES, loss3/classifier.weight, loss3_classifier.weight",
    "LUCENT, conv2d0.weight, conv2d0_pre_relu_conv.weight",
    "LUCENT, mixed4c_3x3_bottleneck.weight, mixed4c_3x3_bottleneck_pre_relu_conv.weight",
    "LUCENT, softmax2.weight, softmax2_pre_activation_matmul.weight",
    "CAPTUM, conv2d0.weight, conv1.weight",
    "CAPTUM, conv2d2.bias, conv3.bias",
    "CAPTUM, mixed4c_1x1.weight, mixed4c.conv_1x1.weight",
    "CAPTUM, mixed4c_3x3_bottleneck.weight, mixed4c.conv_3x3_reduce.weight",
    "CAPTUM, mixed5b_pool_reduce.bias, mixed5b.pool_proj.bias",
    "CAPTUM, softmax2.bias, fc.bias"
  })
  void eachNameHasItsConvertedForm(ConvertedNames names, String own, String converted) {
    assertThat(names.of(own)).isEqualTo(converted);
  }

  @ParameterizedTest
  @CsvSource({
    "bvlc_googlenet, UNDERSCORES, ''",
    "googlenet_places365, UNDERSCORES, module.",
    "inception5h, LUCENT, ''",
    "inception5h, CAPTUM, model."
  })
  void convertedWeightsAreTranslated(String name, ConvertedNames names, String prefix) {
    NetworkDescriptor network = Networks.descriptor(name);
    StateDict own = TestNetworks.weights(network.body().orElseThrow(), 1);
    StateDict converted = own.renamed(each -> prefix + names.of(each));
    WeightsMatch match = WeightsMatch.of(network, converted);
    assertThat(match.prefix()).isEqualTo(prefix);
    assertThat(match.cut()).isEmpty();
    assertThat(match.remarks())
        .last()
        .asString()
        .contains("its tensors have another program's names");
    StateDict translated = WeightsMatch.named(network.body().orElseThrow(), converted);
    assertThat(translated.names()).containsExactlyElementsOf(own.names());
  }

  @Test
  void aConversionWithoutItsClassesAndWithAuxiliaryHeadsIsTranslated() {
    NetworkDescriptor network = Networks.descriptor("bvlc_googlenet");
    StateDict own = TestNetworks.weights(network.body().orElseThrow(), 1);
    StateDict converted =
        own.renamed(
            each ->
                each.startsWith("loss3/")
                    ? each.replace("loss3/", "loss1_")
                    : ConvertedNames.UNDERSCORES.of(each));
    WeightsMatch match = WeightsMatch.of(network, converted);
    assertThat(match.cut()).isEqualTo("loss3/classifier");
    assertThat(match.remarks()).hasSize(2);
  }

  @Test
  void theNetworksOwnNamesAreKept() {
    NetworkDescriptor network = Networks.descriptor("resnet18");
    StateDict own = TestNetworks.weights(network.body().orElseThrow(), 1);
    List<String> wanted =
        StepTensors.of(network.body().orElseThrow()).stream()
            .flatMap(step -> step.names().stream())
            .toList();
    assertThat(ConvertedNames.in(wanted, own))
        .containsExactly(new ConvertedNames.Found(ConvertedNames.NONE, "", wanted.size()));
  }
}
