package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointPaceTest {

  private final CheckpointPace pace = new CheckpointPace(20, 0);

  private boolean isDueAt(double seconds) {
    return pace.isDue((long) (seconds * 1e9));
  }

  @Test
  void theIntervalIsTheShortest() {
    assertThat(isDueAt(19)).isFalse();
    assertThat(isDueAt(20)).isTrue();
    pace.wrote(0.5);
    assertThat(isDueAt(39)).isFalse();
    assertThat(isDueAt(40)).isTrue();
  }

  @Test
  void whatTakesLongToWriteIsWrittenLessOften() {
    assertThat(isDueAt(20)).isTrue();
    pace.wrote(3);
    assertThat(isDueAt(79)).isFalse();
    assertThat(isDueAt(80)).isTrue();
    pace.wrote(0.1);
    assertThat(isDueAt(100)).isTrue();
  }
}
