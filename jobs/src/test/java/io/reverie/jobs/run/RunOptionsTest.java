package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {

  private static RunOptions options(double checkpointSeconds) {
    return new RunOptions(true, true, false, true, "work", Device.CPU, checkpointSeconds);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -1e-9, Double.NaN})
  void checkpointsCannotBeLessThanNoTimeApart(double seconds) {
    assertThatThrownBy(() -> options(seconds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the time between checkpoints cannot be " + seconds + " s");
  }

  @Test
  void silentOptionsDifferOnlyInBeingQuiet() {
    assertThat(options(3).silent())
        .isEqualTo(new RunOptions(true, true, true, true, "work", Device.CPU, 3));
  }
}
