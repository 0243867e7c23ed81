package io.reverie.core.dream.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.objective.LayerExtent;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with PyTorch's adaptive average pooling and its gradient. */
class AdaptivePoolingTest {

  @ParameterizedTest
  @CsvSource({"1, 9, 14", "7, 16, 23", "6, 6, 6", "7, 5, 30"})
  void piecesSumToThePooledLayerAndItsDerivative(int bins, int height, int width) {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      double[] values = new SplittableRandom(3).doubles(4L * height * width, -1, 1).toArray();
      NDArray layer = scope.create(values, new Shape(1, 4, height, width));
      NDArray derivative =
          scope.create(
              new SplittableRandom(4).doubles(4L * bins * bins, -1, 1).toArray(),
              new Shape(1, 4, bins, bins));
      NDArray spread =
          Torch.gradient(
              layer, scope, x -> Torch.adaptiveAveragePool(x, bins).mul(derivative).sum());
      NDArray pooled = derivative.zerosLike();
      NDArray put = layer.zerosLike();
      for (int top = 0; top < height; top += 4) {
        for (int left = 0; left < width; left += 5) {
          NDIndex index =
              new NDIndex()
                  .addAllDim(2)
                  .addSliceDim(top, Math.min(height, top + 4))
                  .addSliceDim(left, Math.min(width, left + 5));
          NDArray piece = layer.get(index);
          LayerExtent extent = new LayerExtent(height, width, top, left, Optional.empty());
          pooled.addi(new AdaptivePooling(bins).share(piece, extent));
          put.set(index, new AdaptivePooling(bins).spread(derivative, piece, extent));
        }
      }
      assertThat(pooled.toDoubleArray())
          .containsExactly(Torch.adaptiveAveragePool(layer, bins).toDoubleArray(), within(1e-6));
      assertThat(put.toDoubleArray()).containsExactly(spread.toDoubleArray(), within(1e-6));
    }
  }
}
