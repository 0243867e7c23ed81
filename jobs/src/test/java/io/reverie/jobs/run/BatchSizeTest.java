package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSizeTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "00", "65", "100", "-1", "2.5", "two", "", "AUTO"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> BatchSize.of(text))
        .isInstanceOf(UserException.class)
        .hasMessage("--batch must be auto or a number from 1 to 64, not '" + text + "'");
  }

  /** By default a CPU makes no batches: their frames depend on which dreams share a batch. */
  @ParameterizedTest
  @CsvSource({
    "auto, cpu, false",
    "auto, gpu0, true",
    "1, cpu, false",
    "1, gpu0, false",
    "2, cpu, true",
    "64, gpu3, true"
  })
  void aBatchOfOneSharesNothing(String text, String device, boolean shares) {
    assertThat(BatchSize.of(text).sharesOn(device)).isEqualTo(shares);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 1, 16, 4",
    "auto, 2, 16, 8",
    "auto, 4, 2, 4",
    "auto, 0, 16, 0",
    "1, 2, 16, 2",
    "8, 1, 16, 8",
    "8, 1, 4, 4"
  })
  void tasksOfOneProcessShareItsGpus(String text, int gpus, int cores, int tasks) {
    assertThat(BatchSize.of(text).tasks(gpus, cores)).isEqualTo(tasks);
  }

  @Test
  void autoIsZero() {
    assertThat(BatchSize.of("auto")).isEqualTo(BatchSize.AUTO);
    assertThat(BatchSize.of("01")).isEqualTo(BatchSize.ALONE);
  }
}
