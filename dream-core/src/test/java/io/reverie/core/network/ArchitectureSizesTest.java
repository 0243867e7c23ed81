package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import io.reverie.core.network.architecture.Architecture;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.evaluation.LayerShapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks parameter counts and layer shapes without weights. */
class ArchitectureSizesTest {

  /**
   * Counts published by torchvision, Inception v3 without the 3,326,696 of its auxiliary head; of
   * Caffe's GoogLeNet, the 6,998,552 of deploy.prototxt and those of two auxiliary classifiers, of
   * 512 and 528 channels to 128 maps, 4x4 cells of them to 1024, and these to 1000.
   */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 61100840",
    "googlenet, 6624904",
    "inception_v3, 23834568",
    "resnet18, 11689512",
    "resnet50, 25557032",
    "squeezenet1_0, 1248424",
    "squeezenet1_1, 1235496",
    "vgg16, 138357544",
    "vgg19, 143667240",
    "bvlc_googlenet, 13378280",
    "caffenet, 60965224",
    "vgg16_caffe, 138357544",
    "vgg19_caffe, 143667240"
  })
  void parameterCountsEqualThePublishedOnes(String name, long published) {
    long[] count = {0};
    body(name).forEachStep(step -> count[0] += count(step));
    assertThat(count[0]).isEqualTo(published);
  }

  private static long count(Step step) {
    if (step instanceof Step.Conv conv) {
      return kernel(conv.in() / conv.groups(), conv.out(), conv.window()) + conv.out();
    }
    if (step instanceof Step.NormedConv conv) {
      return kernel(conv.in(), conv.out(), conv.window()) + 2L * conv.out();
    }
    return step instanceof Step.Linear linear ? (linear.in() + 1L) * linear.out() : 0;
  }

  private static long kernel(int in, int out, SlidingWindow window) {
    return (long) in * out * window.height() * window.width();
  }

  /** Shapes in the papers' tables and in torchvision's comments. */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 224, features.12, 256, 6",
    "alexnet, 224, avgpool, 256, 6",
    "alexnet, 500, avgpool, 256, 6",
    "inception_v3, 299, Conv2d_2b_3x3, 64, 147",
    "inception_v3, 299, Mixed_5b, 256, 35",
    "inception_v3, 299, Mixed_5d, 288, 35",
    "inception_v3, 299, Mixed_6e, 768, 17",
    "inception_v3, 299, Mixed_7a, 1280, 8",
    "inception_v3, 299, Mixed_7c, 2048, 8",
    "resnet18, 224, layer1, 64, 56",
    "resnet18, 224, layer4, 512, 7",
    "resnet50, 224, layer3, 1024, 14",
    "resnet50, 224, layer4, 2048, 7",
    "resnet50, 224, fc, 1000, 1",
    "vgg16, 224, features.30, 512, 7",
    "vgg19, 224, features.36, 512, 7",
    "vgg19, 300, avgpool, 512, 7",
    "vgg16, 40, classifier.6, 1000, 1",
    "bvlc_googlenet, 224, pool2/3x3_s2, 192, 28",
    "bvlc_googlenet, 224, inception_5b/output, 1024, 7",
    "caffenet, 227, pool5, 256, 6",
    "inception5h, 224, mixed4a, 508, 14",
    "inception5h, 224, mixed5b, 1024, 7",
    "vgg16_caffe, 224, pool5, 512, 7"
  })
  void layersHaveTheDocumentedShapes(
      String name, int input, String layer, long channels, long side) {
    assertThat(LayerShapes.of(body(name), new Size(input, input)))
        .contains(new Layer(layer, channels, side, side));
  }

  /** TensorFlow's tutorial counts 59 convolutions of 7548 channels, two of 128 in the heads. */
  @Test
  void inception5hHasTheConvolutionsOfTensorFlowsTutorial() {
    List<Integer> channels = new ArrayList<>();
    body("inception5h")
        .forEachStep(
            step -> {
              if (step instanceof Step.Conv conv) {
                channels.add(conv.out());
              }
            });
    assertThat(channels).hasSize(59 - 2);
    assertThat(channels.stream().mapToInt(Integer::intValue).sum()).isEqualTo(7548 - 2 * 128);
  }

  private static Op body(String name) {
    return Architecture.valueOf(name.toUpperCase(Locale.ROOT)).of(1000);
  }
}
