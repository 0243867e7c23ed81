package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {

  @Test
  void decodingTimesAscendAndNeverExceedPresentationTimes() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      long[] pts = reordered(random);
      DecodeTimes times = new DecodeTimes(pts, 10, 10);
      for (int i = 0; i < pts.length; i++) {
        assertThat(times.dts(i)).isLessThanOrEqualTo(pts[i]);
        assertThat(i == 0 || times.dts(i) > times.dts(i - 1)).isTrue();
      }
    }
  }

  @Test
  void withoutReorderingBothTimesAreEqual() {
    DecodeTimes times = new DecodeTimes(new long[] {5, 15, 40}, 10, 30);
    assertThat(new long[] {times.dts(0), times.dts(1), times.dts(2)}).containsExactly(5, 15, 40);
    assertThat(times.duration(15)).isEqualTo(25);
    assertThat(times.duration(40)).isEqualTo(30);
  }

  /** Returns irregular times, shuffled within small groups. */
  private static long[] reordered(Random random) {
    List<Long> all = new ArrayList<>();
    long time = random.nextInt(100) - 50L;
    while (all.size() < 60) {
      List<Long> group = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        time += 1L + random.nextInt(20);
        group.add(time);
      }
      Collections.shuffle(group, random);
      all.addAll(group);
    }
    return all.stream().mapToLong(Long::longValue).toArray();
  }
}
