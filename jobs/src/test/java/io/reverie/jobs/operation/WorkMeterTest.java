package io.reverie.jobs.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkMeterTest {

  @Test
  void publishingIsNotCountedAsEncoding() {
    WorkMeter meter = new WorkMeter();
    meter.add(new Times(Map.of(Stage.DECODE, 1.0, Stage.ENCODE, 3.0)), 2);
    assertThat(meter.value(WorkCounter.DECODE_SECONDS)).isEqualTo(1);
    assertThat(meter.value(WorkCounter.ENCODE_SECONDS)).isEqualTo(1);
    assertThat(meter.value(WorkCounter.PUBLISH_SECONDS)).isEqualTo(2);
    assertThat(meter.value(WorkCounter.ASCENT_SECONDS)).isZero();
  }

  @Test
  void everyStageHasACounterOfItsOwn() {
    assertThat(Arrays.stream(Stage.values()).map(WorkCounter::of))
        .doesNotHaveDuplicates()
        .allMatch(WorkCounter::isTime);
  }

  @Test
  void theDriverReadsWhatAnExecutorSends() {
    WorkMeter meter = new WorkMeter();
    meter.addFrame(40);
    meter.addFrame(2);
    meter.addCheckpoint(1000);
    ExecutorReport sent = new ExecutorReport("3", meter.values());
    assertThat(ExecutorReport.of(sent.message())).contains(sent);
    assertThat(sent.value(WorkCounter.FRAMES)).isEqualTo(2);
    assertThat(sent.value(WorkCounter.STEPS)).isEqualTo(42);
    assertThat(sent.value(WorkCounter.CHECKPOINT_BYTES)).isEqualTo(1000);
    assertThat(ExecutorReport.of("else")).isEqualTo(Optional.empty());
  }

  @Test
  void reportsThatArriveInTheWrongOrderDoNotTurnCountsBack() {
    WorkMeter meter = new WorkMeter();
    meter.addFrame(1);
    ExecutorReport early = new ExecutorReport("1", meter.values());
    meter.addFrame(1);
    ExecutorReport late = new ExecutorReport("1", meter.values());
    assertThat(early.laterOf(late)).isSameAs(late);
    assertThat(late.laterOf(early)).isSameAs(late);
  }

  @Test
  void theBacklogShrinksAsItemsEndAndIsEmptyWithoutAJob() {
    Backlog backlog = new Backlog();
    try (Backlog.Items items = backlog.add(5)) {
      assertThat(backlog.waiting(0)).isEqualTo(5);
      assertThat(backlog.waiting(3)).isEqualTo(2);
      // A repeated task counts its item again.
      assertThat(backlog.waiting(7)).isZero();
    }
    assertThat(backlog.waiting(4)).isZero();
    try (Backlog.Items items = backlog.add(2)) {
      assertThat(backlog.waiting(4)).isEqualTo(2);
    }
  }
}
