package io.reverie.core.dream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollTest {

  private static final int H = 5;
  private static final int W = 7;

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "0, 2", "-1, 3", "4, -6", "32, -31", "5, 7"})
  void valuesMoveDownAndRightAndTheInverseMovesThemBack(int rows, int columns) {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray image = scope.arange(H * W * 3f).reshape(new Shape(1, H, W, 3));
      Roll roll = new Roll(rows, columns);
      NDArray rolled = roll.apply(image);
      float[] from = image.toFloatArray();
      float[] to = rolled.toFloatArray();
      for (int i = 0; i < from.length; i++) {
        int row = Math.floorMod(i / 3 / W + rows, H);
        int column = Math.floorMod(i / 3 % W + columns, W);
        assertThat(to[(row * W + column) * 3 + i % 3]).isEqualTo(from[i]);
      }
      assertThat(roll.inverse().apply(rolled).toFloatArray()).isEqualTo(from);
    }
  }
}
