package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOptionsTest {

  private static RunOptions options(double checkpointSeconds) {
    return new RunOptions(false, true, false, true, "", Device.CPU, checkpointSeconds);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void checkpointsHaveAFiniteDistance(double seconds) {
    assertThatIllegalArgumentException().isThrownBy(() -> options(seconds));
  }

  @Test
  void aSilentRunDiffersInNothingElse() {
    assertThat(options(0).silent())
        .isEqualTo(
            new RunOptions(false, true, true, true, "", Device.CPU, 0).with(KeptDreamUse.IGNORE));
  }
}
