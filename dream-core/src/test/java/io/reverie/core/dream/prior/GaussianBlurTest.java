package io.reverie.core.dream.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import org.junit.jupiter.api.Test;

class GaussianBlurTest {

  @Test
  void aConstantImageStaysConstantUpToItsBorders() {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray image = scope.full(new Shape(1, 9, 14, 3), 77f);
      NDArray blurred = new GaussianBlur(2).apply(image);
      assertThat(blurred.getShape()).isEqualTo(image.getShape());
      for (float value : blurred.toFloatArray()) {
        assertThat(value).isCloseTo(77f, within(1e-3f));
      }
    }
  }

  @Test
  void anImpulseBecomesTheNormalisedGaussianInItsChannel() {
    int side = 21;
    float[] rgb = new float[side * side * 3];
    rgb[(10 * side + 10) * 3 + 1] = 1;
    double sum = 0;
    for (int i = -5; i <= 5; i++) {
      sum += Math.exp(-i * i / (2 * 1.5 * 1.5));
    }
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      float[] got =
          new GaussianBlur(1.5)
              .apply(scope.create(rgb, new Shape(1, side, side, 3)))
              .toFloatArray();
      for (int i = 0; i < got.length; i++) {
        int row = i / 3 / side - 10;
        int column = i / 3 % side - 10;
        boolean reached = i % 3 == 1 && Math.abs(row) <= 5 && Math.abs(column) <= 5;
        double gauss = Math.exp(-(row * row + column * column) / (2 * 1.5 * 1.5)) / (sum * sum);
        assertThat((double) got[i]).isCloseTo(reached ? gauss : 0, within(1e-6));
      }
    }
  }
}
