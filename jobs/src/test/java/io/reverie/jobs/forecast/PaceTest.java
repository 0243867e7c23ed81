package io.reverie.jobs.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.forecast.Pace.Taken;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void nothingIsToldBeforeTheFirstFrame() {
    assertThat(new Pace(List.of(10), 1).left(i -> 0, new Taken(0, 0, 0, 0))).isEmpty();
  }

  @Test
  void theFirstFrameOfASegmentIsNotTakenForAllOthers() {
    Pace pace = new Pace(List.of(101), 1);
    // A mean rate would promise 11 s for each of the 90 frames that are left.
    assertThat(pace.left(i -> 11, new Taken(1, 100, 10, 10)).orElseThrow()).isEqualTo(90);
  }

  @Test
  void waitingSegmentsBeginWithALoneFrame() {
    Pace pace = new Pace(List.of(11, 11), 1);
    assertThat(pace.left(i -> i == 0 ? 11 : 0, new Taken(1, 8, 10, 10)).orElseThrow())
        .isEqualTo(8 + 10);
  }

  @Test
  void aLongTaskAtTheEndIsNotSharedAmongSlots() {
    Pace pace = new Pace(List.of(101, 11), 8);
    assertThat(pace.left(i -> i == 0 ? 1 : 11, new Taken(2, 4, 10, 10)).orElseThrow())
        .isEqualTo(100);
  }

  @Test
  void halfAnImageCountsAsHalf() {
    Pace pace = new Pace(List.of(1, 1, 1, 1), 2);
    assertThat(pace.left(i -> i < 2 ? 0.5 : 0, new Taken(1, 20, 0, 0)).orElseThrow())
        .isEqualTo(10 + 20);
  }
}
