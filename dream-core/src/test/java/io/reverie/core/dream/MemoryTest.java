package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Measures native memory. Needs a heap of constant size that is touched at start, as configured in
 * the pom; otherwise a growing heap looks like a leak.
 */
class MemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Takes a 5 to reset the peak, VmHWM, to what is resident. */
  private static final Path PEAK_RESET = Path.of("/proc/self/clear_refs");

  @Test
  void aThousandStepsDoNotLeakMemory() throws IOException {
    assumeThat(STATUS).exists();
    float[] grey = new float[48 * 64 * 3];
    Arrays.fill(grey, 128);
    Image image = new Image(new Size(64, 48), grey);
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      steps(network, image, 300);
      long before = kib("VmRSS");
      steps(network, image, 1000);
      // A leak of every step would be about 600 KiB each, 600 MiB in total; the margin covers
      // compiled code of the JVM.
      assertThat(kib("VmRSS") - before).isLessThan(192 << 10);
    }
  }

  /**
   * Adam's means take twice the image, its coefficients a third of it. A transform of the whole
   * image in one piece takes twenty times the image.
   */
  @Test
  void aFourierStepOfALargeImageTakesThreeTimesItsMemory() throws IOException {
    assumeThat(PEAK_RESET).isWritable();
    Torch.useOneThread();
    try (NDManager scope = Torch.newManager(Device.cpu())) {
      NDArray image = scope.ones(new Shape(1, 2500, 2000, 3)).muli(100);
      NDArray g = image.mul(0.01f);
      long bytes = image.size() * Float.BYTES;
      long before = kib("VmRSS");
      Files.writeString(PEAK_RESET, "5");
      new Fourier(image, RowBlocks.SMALL, scope).direct(image, g);
      long margin = 96 << 10;
      assertThat(kib("VmHWM") - before).isLessThan(3 * (bytes >> 10) + margin);
    }
  }

  private static void steps(Network network, Image image, int count) {
    DreamSpec spec =
        DreamSpec.plain(
            new OctaveSpec(
                List.of(new L2("conv3.2", ChannelSelector.all(), 1)),
                count / 10,
                Ramp.of(1),
                Ramp.of(1)),
            new Octaves(1, 1.4),
            8,
            0);
    for (int i = 0; i < 10; i++) {
      new Dreamer(network, spec).dream(image, i);
    }
  }

  private static long kib(String key) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
