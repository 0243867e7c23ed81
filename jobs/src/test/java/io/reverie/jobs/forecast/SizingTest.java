package io.reverie.jobs.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SizingTest {

  private static final Cluster HERE = new Cluster(1, 4, new ProcessMemory(1e12, 1e12));

  /** 1000 tasks of 36 s: 10 hours of one core, 2.5 of one executor. */
  private static JobModel job(double longest) {
    List<Double> tasks = new java.util.ArrayList<>(Collections.nCopies(999, 36.0));
    tasks.add(0, longest);
    return new JobModel(1000, 1000, 0, 0, List.of(tasks), new MemoryNeed(1, 1), 0, 1, 0);
  }

  @Test
  void theSmallestNumberThatEndsInTimeIsAdvised() {
    Sizing sizing = Sizing.of(job(36), HERE, 3600);
    assertThat(sizing.executors()).containsExactly(1, 2, 3, 4);
    assertThat(sizing.enough()).hasValue(3);
    assertThat(sizing.sentence(4))
        .isEqualTo("to end within 60 min 00 s, use 3 executors of 4 cores");
  }

  @Test
  void oneExecutorMayBeEnough() {
    Sizing sizing = Sizing.of(job(36), HERE, 9100);
    assertThat(sizing.executors()).containsExactly(1);
    assertThat(sizing.enough()).hasValue(1);
  }

  @Test
  void aTaskThatCannotBeDividedLimitsAllNumbers() {
    Sizing sizing = Sizing.of(job(7200), HERE, 3600);
    assertThat(sizing.enough()).isEqualTo(OptionalInt.empty());
    assertThat(sizing.executors()).endsWith(4);
    assertThat(sizing.sentence(4))
        .contains("do not help to end within 60 min 00 s")
        .contains("take 2 h 00 min");
  }
}
