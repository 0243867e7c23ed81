package io.reverie.core.network.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.Preprocessing.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

  private static final String DECODED =
      "1ed88f017104d60f7b1ee96cf8bbe85865693d26cd1368b2135a7adbd125c6a0";

  @Test
  void coloursAreScaledShiftedAndDividedPerChannel() {
    Preprocessing half =
        new Preprocessing(Order.RGB, 0.5, List.of(1.0, 2.0, 3.0), List.of(1.0, 2.0, 4.0));
    assertThat(applied(half, 10, 20, 30, 40, 50, 60))
        .containsExactly(new float[] {4, 19, 4, 11.5f, 3, 6.75f}, offset(1e-5f));
  }

  @Test
  void bgrReversesTheChannelsAndMeansFollowThatOrder() {
    Preprocessing caffe =
        new Preprocessing(Order.BGR, 1, List.of(100.0, 110.0, 120.0), List.of(1.0, 1.0, 1.0));
    assertThat(applied(caffe, 10, 20, 30, 40, 50, 60))
        .containsExactly(new float[] {-70, -40, -90, -60, -110, -80}, offset(1e-4f));
  }

  @Test
  void theHashOfAKnownReleaseSelectsItsPreprocessing() {
    NetworkDescriptor squeezenet = Networks.descriptor("squeezenet1_0");
    assertThat(squeezenet.preprocessingFor(DECODED).order()).isEqualTo(Order.BGR);
    assertThat(squeezenet.preprocessingFor(DECODED).scale()).isEqualTo(1);
    String torchvision = "b66bff10" + "0".repeat(56);
    assertThat(squeezenet.preprocessingFor(torchvision).order()).isEqualTo(Order.RGB);
    assertThat(squeezenet.preprocessingFor("f".repeat(64))).isEqualTo(squeezenet.preprocessing());
  }

  @Test
  void wrongCountsOfMeansAndZeroDeviationsAreRejected() {
    List<Double> three = List.of(1.0, 1.0, 1.0);
    assertThatThrownBy(() -> new Preprocessing(Order.RGB, 1, List.of(1.0), three))
        .hasMessageContaining("three means")
        .hasMessageContaining("[1.0]");
    assertThatThrownBy(() -> new Preprocessing(Order.RGB, 1, three, List.of(1.0, 0.0, 1.0)))
        .hasMessageContaining("[1.0, 0.0, 1.0]");
    assertThatThrownBy(() -> new Preprocessing(Order.RGB, 0, three, three))
        .hasMessageContaining("positive scale, not 0");
  }

  /** Returns two pixels side by side, converted to (1, 3, 1, 2). */
  private static float[] applied(Preprocessing preprocessing, float... rgb) {
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray planes = preprocessing.apply(scope.create(rgb, new Shape(1, 1, 2, 3)));
      assertThat(planes.getShape()).isEqualTo(new Shape(1, 3, 1, 2));
      return planes.toFloatArray();
    }
  }
}
