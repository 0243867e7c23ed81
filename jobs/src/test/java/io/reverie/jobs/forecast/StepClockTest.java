package io.reverie.jobs.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import io.reverie.core.dream.DreamListener.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepClockTest {

  private static Progress step(int octave, int iteration) {
    return new Progress(octave, 2, new Size(8, 8), iteration, 2, 0);
  }

  @Test
  void aStepIsTimedWithoutThePreparationOfItsOctave() {
    // Seconds: 5 of preparation and 1 for each step, then 10 and 4.
    Deque<Long> seconds = new ArrayDeque<>(List.of(0L, 6L, 7L, 21L, 25L));
    StepClock clock = new StepClock(() -> seconds.remove() * 1_000_000_000L);
    clock.afterStep(step(1, 1));
    clock.afterStep(step(1, 2));
    clock.afterStep(step(2, 1));
    clock.afterStep(step(2, 2));
    assertThat(clock.made()).isEqualTo(2 * 1 + 2 * 4);
    assertThat(clock.all(List.of(10, 20))).isEqualTo(10 * 1 + 20 * 4);
  }

  @Test
  void anOctaveOfOneStepHasNoOtherMeasure() {
    Deque<Long> seconds = new ArrayDeque<>(List.of(0L, 6L));
    StepClock clock = new StepClock(() -> seconds.remove() * 1_000_000_000L);
    clock.afterStep(step(1, 1));
    assertThat(clock.all(List.of(1))).isEqualTo(6);
  }
}
