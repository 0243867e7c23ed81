package io.reverie.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class VideoFailureTest {

  @Test
  void whatAStoreRefusesFailsOneVideoHoweverItArrives() {
    IOException refused = new IOException("no such bucket");
    assertThat(VideoFailure.of(refused)).contains("IOException: no such bucket");
    assertThat(VideoFailure.of(new UncheckedIOException(refused)))
        .contains("IOException: no such bucket");
    assertThat(
            VideoFailure.of(
                new SparkException("Job aborted due to stage failure: lost\nat x", null)))
        .contains("Spark gave up one of its jobs (lost); rerun to resume from the last checkpoint");
  }

  @Test
  void aCancelledJobWrongSettingsAndBugsEndTheRun() {
    assertThat(VideoFailure.of(new SparkException("Job 3 cancelled", null))).isEmpty();
    assertThat(VideoFailure.of(UserException.usage("Job aborted due to stage failure: no")))
        .isEmpty();
    assertThat(VideoFailure.of(new IllegalStateException("a bug"))).isEmpty();
  }
}
