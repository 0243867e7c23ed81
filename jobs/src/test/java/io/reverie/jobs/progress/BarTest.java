package io.reverie.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {

  @Test
  void theLineTellsShareRateAndTimeLeft() {
    Bar bar = Bar.onTerminal("Dreaming", 120, "frames");
    bar.show(30);
    assertThat(bar.line(15))
        .isEqualTo(
            "Dreaming [########----------------------] 30/120 frames  2.00 frames/s  ETA 00:45");
  }

  @Test
  void beforeTheFirstUnitNothingIsPromised() {
    assertThat(Bar.onTerminal("Dreaming", 5, "images").line(1)).endsWith("ETA --:--");
  }
}
