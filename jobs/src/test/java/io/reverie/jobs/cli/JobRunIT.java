package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobRunIT {

  private static final List<String> SPARK = List.of("--master", "local[1]");

  private final JobRun job = new JobRun(Reverie.commandLine(SPARK), SPARK);

  @Test
  void aClusterThatEndsARunIsOneSentence() {
    assertThatThrownBy(
            () ->
                job.start(
                    Device.CPU,
                    spark -> {
                      spark.stop();
                      throw new NullPointerException("what Spark leaves");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Spark at local[1] ended this run")
        .hasMessageContaining("--properties-file");
  }

  @Test
  void aBugKeepsItsTraceWhileSparkRuns() {
    IllegalStateException bug = new IllegalStateException("a bug");
    assertThatThrownBy(
            () ->
                job.start(
                    Device.CPU,
                    spark -> {
                      throw bug;
                    }))
        .isSameAs(bug);
  }
}
