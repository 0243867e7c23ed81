package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSizeTest {

  private static GroupSize measured(double seconds) {
    GroupSize size = new GroupSize();
    size.add(seconds);
    return size;
  }

  @Test
  void beforeTheFirstIsMeasuredEachIsAlone() {
    assertThat(new GroupSize().next(20_000, 2)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    // As many as take 0.75 s.
    "0.05, 20000, 2, 15",
    "0.5, 20000, 2, 1",
    "30, 20000, 2, 1",
    "0, 20000, 2, 500",
    // Fewer towards the end, so that all slots end together.
    "0.05, 90, 2, 15",
    "0.05, 60, 2, 10",
    "0.05, 12, 2, 2",
    "0.05, 5, 2, 1",
    "0.05, 20000, 1000, 6"
  })
  void aGroupTakesSoLongAndTheLastOnesLess(double seconds, int left, int slots, int expected) {
    assertThat(measured(seconds).next(left, slots)).isEqualTo(expected);
  }

  @Test
  void aSlowStartIsForgotten() {
    GroupSize size = measured(20);
    assertThat(size.next(20_000, 2)).isEqualTo(1);
    size.add(0.03);
    size.add(0.03);
    assertThat(size.next(20_000, 2)).isEqualTo(25);
  }

  @Test
  void theNewestCount() {
    GroupSize size = measured(0.01);
    for (int i = 0; i < 100; i++) {
      size.add(0.25);
    }
    assertThat(size.next(20_000, 2)).isEqualTo(3);
  }
}
