package io.reverie.core.network.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptivePoolTest {

  @ParameterizedTest
  @CsvSource({"13, 9, 6", "2, 3, 7", "1, 1, 7", "7, 14, 7", "5, 8, 1"})
  void aBinIsTheMeanFromFloorToCeiling(int height, int width, int bins) {
    double[] maps = new SplittableRandom(4).doubles(2L * height * width, -1, 1).toArray();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray x = scope.create(maps, new Shape(1, 2, height, width));
      NDArray pooled = new Step.AdaptivePool(bins).forward(x, null);
      assertThat(pooled.getShape()).isEqualTo(new Shape(1, 2, bins, bins));
      double[] got = pooled.toDoubleArray();
      for (int c = 0; c < 2; c++) {
        for (int i = 0; i < bins; i++) {
          for (int j = 0; j < bins; j++) {
            double expected = mean(maps, c * height * width, height, width, i, j, bins);
            assertThat(got[(c * bins + i) * bins + j]).isCloseTo(expected, within(1e-12));
          }
        }
      }
    }
  }

  private static double mean(
      double[] maps, int offset, int height, int width, int i, int j, int bins) {
    double sum = 0;
    int count = 0;
    for (int y = i * height / bins; y * bins < (i + 1) * height; y++) {
      for (int x = j * width / bins; x * bins < (j + 1) * width; x++) {
        sum += maps[offset + y * width + x];
        count++;
      }
    }
    return sum / count;
  }
}
