package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which device a task dreams on. */
class DeviceTest {

  @ParameterizedTest
  @CsvSource({
    // wanted, address, task, GPUs, taken
    "AUTO, , 3, 0, cpu",
    "AUTO, 7, 3, 0, cpu",
    "AUTO, 1, 3, 2, gpu1",
    "AUTO, , 3, 2, gpu1",
    "AUTO, , 4, 2, gpu0",
    "CPU, , 3, 0, cpu",
    "CPU, 1, 3, 2, cpu",
    "GPU, 1, 0, 2, gpu1",
    "GPU, , 5, 3, gpu2"
  })
  void aTaskTakesTheGpuThatSparkGivesElseOneByItsNumberElseItsCore(
      Device wanted, String address, int task, int gpus, String taken) {
    assertThat(wanted.choose(Optional.ofNullable(address), task, gpus)).isEqualTo(taken);
  }

  @Test
  void aGpuThatTheEngineDoesNotSeeIsNamed() {
    assertThatThrownBy(() -> Device.GPU.choose(Optional.of("7"), 0, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Spark gave the GPU 7, but the engine sees no GPU")
        .hasMessageContaining("--device auto");
  }

  @Test
  void aGpuThatIsWantedWhereThereIsNoneIsASentence() {
    assertThatThrownBy(() -> Device.GPU.choose(Optional.empty(), 0, 0))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("with --device gpu the engine sees no GPU on this machine");
  }

  @ParameterizedTest
  @EnumSource(
      value = Device.class,
      names = {"AUTO", "CPU"})
  void whereNoGpuIsAskedForNoneIsMissed(Device device) {
    device.check();
  }
}
