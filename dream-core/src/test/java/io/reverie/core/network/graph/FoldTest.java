package io.reverie.core.network.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.network.architecture.GoogLeNet;
import io.reverie.core.network.graph.evaluation.Forward;
import io.reverie.core.weights.tensor.StateDict;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FoldTest {

  private static final int SIDE = 9;
  private static final int KERNEL = 7;
  private static final int OUT_SIDE = 5;

  /** GoogLeNet's first step: 7x7, stride 2, padding 3, batch norm, ReLU. */
  private static final Op CONV1 = GoogLeNet.conv("conv1", 3, 64, SlidingWindow.square(7, 2, 3));

  @Test
  void aFoldedConvolutionEqualsConvolutionAndBatchNorm() {
    StateDict weights = TestNetworks.weights(CONV1, 1);
    double[] x = new SplittableRandom(3).doubles(3L * SIDE * SIDE, -1, 1).toArray();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      Parameters.Builder builder = new Parameters.Builder(scope, DataType.FLOAT64);
      CONV1.forEachStep(step -> step.load(weights, builder));
      NDArray image = scope.create(x, new Shape(1, 3, SIDE, SIDE));
      double[] got =
          Forward.of(CONV1, image, builder.build(), Set.of("conv1")).get("conv1").toDoubleArray();
      assertThat(got).hasSize(64 * OUT_SIDE * OUT_SIDE);
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).as("value %d", i).isCloseTo(unfolded(weights, x, i), within(1e-12));
      }
    }
  }

  @Test
  void theConvolutionBeforeItsBatchNormIsRecoveredEvenForAZeroFactor() {
    StateDict weights = TestNetworks.weights(CONV1, 1);
    weights.get("conv1.bn.weight").values()[0] = 0;
    double[] x = new SplittableRandom(3).doubles(3L * SIDE * SIDE, -1, 1).toArray();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      Parameters.Builder builder = new Parameters.Builder(scope, DataType.FLOAT32);
      CONV1.forEachStep(step -> step.load(weights, builder));
      NDArray image = scope.create(x, new Shape(1, 3, SIDE, SIDE)).toType(DataType.FLOAT32, false);
      Map<String, NDArray> layers =
          Forward.of(CONV1, image, builder.build(), Set.of("conv1.conv", "conv1.bn"));
      float[] raw = layers.get("conv1.conv").toFloatArray();
      for (int i = 0; i < raw.length; i++) {
        assertThat((double) raw[i]).isCloseTo(convolved(weights, x, i), within(1e-5));
      }
      float beta = weights.get("conv1.bn.bias").values()[0];
      assertThat(layers.get("conv1.bn").get("0, 0").toFloatArray()).containsOnly(beta);
    }
  }

  private static double unfolded(StateDict weights, double[] x, int at) {
    int c = at / (OUT_SIDE * OUT_SIDE);
    double y = convolved(weights, x, at);
    double mean = value(weights, "running_mean", c);
    double deviation = Math.sqrt(value(weights, "running_var", c) + 0.001);
    double normed =
        (y - mean) / deviation * value(weights, "weight", c) + value(weights, "bias", c);
    return Math.max(0, normed);
  }

  private static double value(StateDict weights, String name, int channel) {
    return weights.get("conv1.bn." + name).values()[channel];
  }

  private static double convolved(StateDict weights, double[] x, int at) {
    float[] w = weights.get("conv1.conv.weight").values();
    int channel = at / (OUT_SIDE * OUT_SIDE);
    int row = at / OUT_SIDE % OUT_SIDE * 2 - 3;
    int column = at % OUT_SIDE * 2 - 3;
    double sum = 0;
    for (int in = 0; in < 3; in++) {
      for (int i = 0; i < KERNEL; i++) {
        for (int j = 0; j < KERNEL; j++) {
          boolean inside = row + i >= 0 && row + i < SIDE && column + j >= 0 && column + j < SIDE;
          sum +=
              inside
                  ? w[((channel * 3 + in) * KERNEL + i) * KERNEL + j]
                      * x[(in * SIDE + row + i) * SIDE + column + j]
                  : 0;
        }
      }
    }
    return sum;
  }
}
