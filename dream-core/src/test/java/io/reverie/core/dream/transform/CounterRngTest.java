package io.reverie.core.dream.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRngTest {

  private static final int LIMIT = 32;

  @Test
  void shiftsAreUniform() {
    int[] counts = new int[2 * LIMIT + 1];
    for (int pts = 0; pts < 1000; pts++) {
      for (int step = 0; step < 65; step++) {
        counts[new CounterRng(1, pts).shift(2, step, step % 2, LIMIT) + LIMIT]++;
      }
    }
    // 1000 expected each; five standard deviations.
    for (int count : counts) {
      assertThat(count).isCloseTo(1000, within(158));
    }
  }

  @Test
  void everyPartOfTheKeyMatters() {
    List<Integer> usual = row(1, 0, 0, 0);
    assertThat(row(1, 0, 0, 0)).isEqualTo(usual);
    assertThat(row(2, 0, 0, 0)).isNotEqualTo(usual);
    assertThat(row(1, 512, 0, 0)).isNotEqualTo(usual);
    assertThat(row(1, 0, 1, 0)).isNotEqualTo(usual);
    assertThat(row(1, 0, 0, 1)).isNotEqualTo(usual);
  }

  @Test
  void aLimitOfZeroGivesNoShift() {
    assertThat(new CounterRng(7, 9).shift(1, 2, 0, 0)).isZero();
  }

  private static List<Integer> row(long seed, long pts, int octave, int axis) {
    CounterRng rng = new CounterRng(seed, pts);
    return IntStream.range(0, 20).mapToObj(t -> rng.shift(octave, t, axis, LIMIT)).toList();
  }
}
