package io.reverie.core.dream.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.transform.Roll;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.onnx.OnnxDescriptor;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiled gradients of ONNX models equal those of the whole image. */
class OnnxTilesTest {

  /** A halo of more than half the receptive field of every layer used here. */
  private static final Tiling EXACT = new Tiling(96, OptionalInt.of(112));

  @BeforeAll
  static void setThreads() {
    Torch.useOneThread();
  }

  private static Network network(String model) {
    try {
      Path file =
          Path.of(OnnxTilesTest.class.getResource("/onnx/%s.onnx".formatted(model)).toURI());
      return Networks.load(Networks.parse(OnnxDescriptor.of(file), model), file, "", "cpu");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Objective maps(String layer) {
    return new L2(layer, ChannelSelector.all(), 1);
  }

  private static Objective classes(String layer) {
    return new ClassLogit(layer, Map.of(3, 1.0, 7, -0.5), 1);
  }

  static Stream<Arguments> objectives() {
    return Stream.of(
        Arguments.of("bvlc_googlenet", maps("inception_4a/output_1")),
        Arguments.of("bvlc_googlenet", classes("loss3/classifier_1")),
        Arguments.of("resnet_v1", maps("/layer2.0/Relu")),
        Arguments.of("resnet_v1", classes("/fc/Gemm")),
        Arguments.of("alexnet", classes("Gemm_13")),
        Arguments.of("mobilenet_v2_opset13", maps("Conv_9")),
        Arguments.of("shufflenet", maps("gpu_0/unit2/relu_1")),
        Arguments.of("shufflenet_v2", classes("/fc/Gemm")),
        Arguments.of("efficientnet", maps("efficientnet/blocks_0/mul")),
        Arguments.of("operators", maps("Sum")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objectives")
  void aFullHaloGivesTheUntiledGradient(String model, Objective objective) {
    List<Objective> objectives = List.of(objective);
    try (Network network = network(model);
        NDManager scope = network.manager().newSubManager()) {
      Torch.withoutGradient(
          () -> {
            NDArray image = photo(scope);
            Gradient whole = new Gradient(network, objectives);
            double[] expected =
                unit(Torch.gradient(image, scope, x -> energy(network, whole, x, objective)));
            TiledGradient tiled = new TiledGradient(network, objectives, EXACT);
            ImageView view =
                new ImageView(image, new Roll(0, 0), PixelWindow.all(image.getShape()));
            TileGrid grid = tiled.grid(view.region(), 0.4, 0.7);
            assertThat(grid.tiles()).hasSizeGreaterThan(5);
            double[] got = unit(tiled.at(view, grid, scope));
            double largest = 0;
            double apart = 0;
            for (int i = 0; i < got.length; i++) {
              largest = Math.max(largest, Math.abs(expected[i]));
              apart = Math.max(apart, Math.abs(expected[i] - got[i]));
            }
            assertThat(largest).isPositive();
            assertThat(apart).isLessThan(1e-4 * largest);
            return null;
          });
    }
  }

  private static NDArray energy(
      Network network, Gradient gradient, NDArray x, Objective objective) {
    return gradient.energy(network.activations(x, java.util.Set.of(objective.layer())));
  }

  @Test
  void layersThatDependOnTheWholeImageAreRefused() {
    try (Network network = network("efficientnet")) {
      assertThatThrownBy(
              () ->
                  new TiledGradient(network, List.of(maps("efficientnet/blocks_1/se/mul")), EXACT))
          .isInstanceOf(DreamException.class)
          .hasMessageContaining("cannot be dreamed in tiles");
    }
  }

  private static double[] unit(NDArray gradient) {
    double[] values = gradient.toType(ai.djl.ndarray.types.DataType.FLOAT64, false).toDoubleArray();
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= Math.sqrt(sum);
    }
    return values;
  }

  private static NDArray photo(NDManager scope) {
    SplittableRandom random = new SplittableRandom(7);
    float[] rgb = new float[217 * 150 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) (255 * random.nextDouble());
    }
    return scope.create(rgb, new Shape(1, 150, 217, 3));
  }
}
