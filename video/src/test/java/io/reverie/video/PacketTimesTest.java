package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketTimesTest {

  static Stream<long[]> times() {
    return Stream.of(
        new long[] {},
        new long[] {7},
        new long[] {-5, 0, 5, 10},
        new long[] {0, 3, 1, 2, 4, 7, 5, 6},
        new long[] {0, 512, 1024, 1537, 2049, 2561},
        new Random(1).longs(500, 0, 1L << 40).toArray());
  }

  @ParameterizedTest
  @MethodSource("times")
  void timesComeBack(long[] times) {
    PacketTimes packets = PacketTimes.of(times);
    assertThat(packets.toArray()).isEqualTo(times);
    assertThat(packets.count()).isEqualTo(times.length);
    assertThat(packets.known()).isEqualTo(times.length > 0);
  }

  @Test
  void aSteadyRateTakesThreeNumbersHoweverLongItLasts() {
    PacketTimes packets = PacketTimes.of(LongStream.range(0, 10_000).map(i -> 40 * i).toArray());
    assertThat(packets.runs()).containsExactly(0L, 40L, 9_999L);
  }

  static Stream<List<Long>> forged() {
    return Stream.of(
        List.of(0L, 40L),
        List.of(0L, 40L, 0L),
        List.of(0L, 40L, -3L),
        List.of(0L, 40L, 1L << 33),
        List.of(0L, 40L, 1L << 24, 41L, 1L << 24));
  }

  @ParameterizedTest
  @MethodSource("forged")
  void numbersThatNoSegmentHasAreRejected(List<Long> runs) {
    assertThatThrownBy(() -> new PacketTimes(runs)).isInstanceOf(IllegalArgumentException.class);
  }
}
