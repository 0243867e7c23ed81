package io.reverie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import io.reverie.core.Size;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchTest {

  @ParameterizedTest
  @CsvSource({"37, 53, 26, 38", "37, 53, 9, 11", "20, 31, 28, 43", "17, 19, 17, 40"})
  void resizingIsTheTriangleFilterWithHalfPixelCentres(int h, int w, int toH, int toW) {
    double[] from = new SplittableRandom(1).doubles((long) h * w * 3, 0, 255).toArray();
    double[] expected = alongColumns(alongRows(from, h, w * 3, toH), toH, w, toW);
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray image = scope.create(from, new Shape(1, h, w, 3));
      NDArray resized = Torch.resize(image, new Size(toW, toH));
      assertThat(resized.getShape()).isEqualTo(new Shape(1, toH, toW, 3));
      double[] got = resized.toDoubleArray();
      for (int i = 0; i < got.length; i++) {
        assertThat(got[i]).as("value %d", i).isCloseTo(expected[i], within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGradientRestoresTheGradientModeOfTheThread(boolean mode) {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      boolean before = JniUtils.isGradMode();
      JniUtils.setGradMode(mode);
      NDArray x = scope.create(new float[] {1, -2, 3});
      NDArray g = Torch.gradient(x, scope, leaf -> leaf.square().sum());
      assertThat(g.toFloatArray()).containsExactly(2, -4, 6);
      assertThat(JniUtils.isGradMode()).isEqualTo(mode);
      boolean inside = Torch.withoutGradient(JniUtils::isGradMode);
      assertThat(inside).isFalse();
      assertThatThrownBy(() -> Torch.gradient(x, scope, TorchTest::fail)).hasMessage("on purpose");
      assertThat(JniUtils.isGradMode()).isEqualTo(mode);
      JniUtils.setGradMode(before);
    }
  }

  @Test
  void aGradientDoesNotChangeItsInput() {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray x = scope.create(new float[] {1, -2, 3});
      NDArray again = Torch.gradient(x, scope, leaf -> leaf.square().sum());
      assertThat(Torch.gradient(x, scope, leaf -> leaf.square().sum())).isEqualTo(again);
      assertThat(x.hasGradient()).isFalse();
      assertThat(x.toFloatArray()).containsExactly(1, -2, 3);
    }
  }

  private static NDArray fail(NDArray leaf) {
    throw new IllegalStateException("on purpose");
  }

  private static double[] alongColumns(double[] from, int h, int w, int toW) {
    double[] to = new double[h * toW * 3];
    for (int row = 0; row < h; row++) {
      for (int x = 0; x < toW; x++) {
        double[] weights = weights(x, w, toW);
        for (int c = 0; c < 3; c++) {
          for (int j = 0; j < w; j++) {
            to[(row * toW + x) * 3 + c] += weights[j] * from[(row * w + j) * 3 + c];
          }
        }
      }
    }
    return to;
  }

  private static double[] alongRows(double[] from, int h, int width, int toH) {
    double[] to = new double[toH * width];
    for (int y = 0; y < toH; y++) {
      double[] weights = weights(y, h, toH);
      for (int x = 0; x < width; x++) {
        for (int j = 0; j < h; j++) {
          to[y * width + x] += weights[j] * from[j * width + x];
        }
      }
    }
    return to;
  }

  /** Returns a triangle as wide as a target pixel, but at least as wide as a source pixel. */
  private static double[] weights(int at, int side, int toSide) {
    double ratio = (double) side / toSide;
    double centre = (at + 0.5) * ratio;
    double[] weights = new double[side];
    double sum = 0;
    for (int j = 0; j < side; j++) {
      weights[j] = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / Math.max(1, ratio));
      sum += weights[j];
    }
    for (int j = 0; j < side; j++) {
      weights[j] /= sum;
    }
    return weights;
  }
}
