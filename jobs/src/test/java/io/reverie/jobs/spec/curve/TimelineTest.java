package io.reverie.jobs.spec.curve;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.sound.Loudness;
import org.junit.jupiter.api.Test;

class TimelineTest {

  @Test
  void aTimelineNeedsAFrameAndAUnit() {
    assertThatThrownBy(() -> new Timeline(0, 0.04, new double[0], Loudness.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a timeline cannot have 0 frames in units of 0.04 s");
    assertThatThrownBy(() -> new Timeline(0, 0, new double[1], Loudness.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a timeline cannot have 1 frames in units of 0.0 s");
  }
}
