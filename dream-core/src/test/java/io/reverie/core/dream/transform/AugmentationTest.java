package io.reverie.core.dream.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.TensorTest;
import io.reverie.core.engine.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks the transformed image and that gradients return to their pixels. */
class AugmentationTest extends TensorTest {

  private static final Shape SHAPE = new Shape(1, 30, 44, 3);

  @Test
  void theGradientOfAWindowReturnsToTheWindow() {
    Robustness robustness = new Robustness(5, 0, 0, 16);
    NDArray image =
        scope.create(values(), SHAPE).toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
    for (int t = 0; t < 20; t++) {
      Augmentation augmentation = Augmentation.of(robustness, new CounterRng(3, 0), 0, t, SHAPE);
      // The gradient equals the window, so it must return to the window's position.
      float[] g = augmentation.gradient(image, seen -> seen).toFloatArray();
      float[] own = image.toFloatArray();
      int seen = 0;
      for (int i = 0; i < g.length; i++) {
        assertThat(g[i]).isIn(0f, own[i]);
        seen += g[i] == 0 ? 0 : 1;
      }
      assertThat(seen).isEqualTo(16 * 16 * 3);
      assertThat(augmentation.visibleShare(SHAPE)).isCloseTo(16.0 * 16 / (30 * 44), within(1e-12));
    }
  }

  @Test
  void mostWindowsAreNearTheCentre() {
    List<Long> lefts = new ArrayList<>();
    for (int t = 0; t < 400; t++) {
      Augmentation augmentation =
          Augmentation.of(
              new Robustness(0, 0, 0, 16), new CounterRng(3, 0), 1, t, new Shape(1, 200, 200, 3));
      lefts.add(augmentation.window().orElseThrow().left());
    }
    double mean = lefts.stream().mapToLong(l -> l).average().orElseThrow();
    assertThat(mean).isBetween(82.0, 102.0);
    long near = lefts.stream().filter(l -> Math.abs(l - 92) < 55).count();
    assertThat(near).as("about 68 % within one deviation").isBetween(240L, 310L);
    assertThat(lefts).contains(0L).allMatch(l -> l >= 0 && l <= 184);
  }

  @Test
  void aSmallImageIsNotCropped() {
    Augmentation augmentation =
        Augmentation.of(new Robustness(0, 0, 0, 224), new CounterRng(1, 0), 0, 0, SHAPE);
    assertThat(augmentation.window()).isEmpty();
    assertThat(augmentation.visibleShare(SHAPE)).isEqualTo(1);
  }

  @Test
  void scaleAndRotationStayInRangeAndVary() {
    Robustness robustness = new Robustness(0, 0.2, 15, 0);
    List<ScaleRotate> transforms = new ArrayList<>();
    for (int t = 0; t < 50; t++) {
      transforms.add(
          Augmentation.of(robustness, new CounterRng(7, 0), 0, t, SHAPE)
              .scaleRotate()
              .orElseThrow());
    }
    assertThat(transforms).doesNotHaveDuplicates();
    assertThat(transforms).allMatch(t -> t.scale() >= 0.8 && t.scale() <= 1.2);
    assertThat(transforms).allMatch(t -> Math.abs(t.degrees()) <= 15);
    assertThat(transforms).anyMatch(t -> t.degrees() < -5).anyMatch(t -> t.degrees() > 5);
  }

  @Test
  void aQuarterTurnPermutesThePixels() {
    double[] square = new SplittableRandom(4).doubles(5 * 5, 0, 255).toArray();
    NDArray image = scope.create(square, new Shape(1, 5, 5, 1));
    double[] turned = new ScaleRotate(1, 90).apply(image).toDoubleArray();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        // Counterclockwise: the right edge becomes the top.
        assertThat(turned[i * 5 + j]).isCloseTo(square[j * 5 + (4 - i)], within(1e-6));
      }
    }
  }

  @Test
  void theIdentityChangesNothingAndScalingChangesTheSize() {
    NDArray image = scope.create(values(), SHAPE);
    double[] same = new ScaleRotate(1, 0).apply(image).toDoubleArray();
    for (int i = 0; i < same.length; i++) {
      assertThat(same[i]).isCloseTo(values()[i], within(1e-9));
    }
    NDArray larger = new ScaleRotate(1.2, 0).apply(image);
    assertThat(larger.getShape()).isEqualTo(new Shape(1, 36, 53, 3));
  }

  /** The adjoint: {@code <T x, y> = <x, T' y>}, T' y being the gradient of {@code <T x, y>}. */
  @Test
  void theGradientOfARotationIsItsAdjoint() {
    NDArray x = scope.create(values(), SHAPE);
    ScaleRotate scaleRotate = new ScaleRotate(0.9, 7);
    NDArray turned = scaleRotate.apply(x);
    NDArray y = turned.add(3);
    try (NDManager step = scope.newSubManager()) {
      NDArray g = Torch.gradient(x, step, leaf -> scaleRotate.apply(leaf).mul(y).sum());
      double left = turned.mul(y).sum().getDouble();
      double right = g.mul(x).sum().getDouble();
      assertThat(right).isCloseTo(left, within(1e-6 * Math.abs(left)));
    }
  }

  private static double[] values() {
    return new SplittableRandom(8).doubles(SHAPE.size(), 1, 255).toArray();
  }
}
