package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.dream.lockstep.Pass;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.jobs.run.BatchSize;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassMemoryTest {

  private static Network network;

  @BeforeAll
  static void load() {
    network = Networks.load("embedded");
  }

  @AfterAll
  static void close() {
    network.close();
  }

  private static Pass pass(int width, int height, String layer) {
    return new Pass(network, Set.of(layer), height, width, true);
  }

  @ParameterizedTest
  @CsvSource({"1e6, 1", "1e9, 3", "2e9, 6", "80e9, 32"})
  void aBatchFillsPartOfTheMemory(double free, int images) {
    int found = new PassMemory(() -> (long) free).applyAsInt(pass(640, 360, "conv4.3"));
    assertThat(found).isEqualTo(images);
  }

  @Test
  void layersBehindTheLastObjectiveTakeNone() {
    double early = PassMemory.ofImage(pass(640, 360, "conv2"));
    double late = PassMemory.ofImage(pass(640, 360, "conv4.3"));
    assertThat(early).isLessThan(0.9 * late);
  }

  @Test
  void memoryGrowsWithThePixels() {
    double small = PassMemory.ofImage(pass(320, 176, "conv4.3"));
    double large = PassMemory.ofImage(pass(640, 352, "conv4.3"));
    assertThat(large / small).isCloseTo(4, within(0.1));
  }

  @Test
  void aDeviceHasOneLockstep() {
    BatchSize two = new BatchSize(2);
    assertThat(Locksteps.of("cpu", two)).isSameAs(Locksteps.of("cpu", two));
    assertThat(Locksteps.of("cpu", two)).isNotSameAs(Locksteps.of("gpu0", two));
    assertThat(Locksteps.of("cpu", BatchSize.AUTO)).isSameAs(Locksteps.of("gpu0", BatchSize.ALONE));
  }
}
