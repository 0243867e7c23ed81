package io.reverie.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.process.FailureCounts.Task;
import org.junit.jupiter.api.Test;

class FailureCountsTest {

  private static final Task TASK = new Task(3, 0, 7);

  private final FailureCounts counts = new FailureCounts();

  private Failures of(int attempt, long progress) {
    return counts.of(TASK, attempt, progress);
  }

  @Test
  void failuresAddUp() {
    for (int attempt = 1; attempt < 5; attempt++) {
      counts.ended(TASK, true);
      assertThat(of(attempt, 0)).isEqualTo(new Failures(attempt, attempt));
    }
  }

  @Test
  void preemptedAttemptsAreNoFailures() {
    for (int attempt = 1; attempt < 10; attempt++) {
      counts.ended(TASK, false);
      assertThat(of(attempt, 0)).isEqualTo(new Failures(0, 0));
    }
    counts.ended(TASK, true);
    assertThat(of(10, 0)).isEqualTo(new Failures(1, 1));
  }

  @Test
  void progressForgivesTheFailuresBefore() {
    for (int attempt = 1; attempt < 10; attempt++) {
      counts.ended(TASK, true);
      assertThat(of(attempt, attempt).fruitless()).isEqualTo(attempt == 1 ? 1 : 0);
    }
    counts.ended(TASK, true);
    assertThat(of(10, 9)).isEqualTo(new Failures(1, 10));
    counts.ended(TASK, true);
    assertThat(of(11, 9).fruitless()).isEqualTo(2);
    counts.ended(TASK, true);
    assertThat(of(12, 10).fruitless()).isZero();
  }

  @Test
  void anAttemptWhoseEndIsNotYetKnownCounts() {
    assertThat(of(2, 0)).isEqualTo(new Failures(2, 0));
  }

  @Test
  void tasksAreCountedApartAndForgottenWithTheirStage() {
    Task other = new Task(3, 0, 8);
    Task later = new Task(4, 0, 7);
    counts.ended(TASK, true);
    counts.ended(later, false);
    assertThat(counts.of(other, 1, 0)).isEqualTo(new Failures(1, 0));
    counts.forget(3);
    assertThat(counts.size()).isEqualTo(1);
    assertThat(of(1, 0)).isEqualTo(new Failures(1, 0));
  }
}
