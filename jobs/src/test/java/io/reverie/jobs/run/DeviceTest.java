package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTest {

  @ParameterizedTest
  @CsvSource({
    // device, address, task, GPUs, expected
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
  void aTaskUsesTheGpuThatSparkAssignsElseOneByItsNumberElseTheCpu(
      Device device, String address, int task, int gpus, String expected) {
    assertThat(device.choose(Optional.ofNullable(address), task, gpus, () -> ""))
        .isEqualTo(expected);
  }

  @Test
  void anAssignedGpuThatTheEngineCannotFindIsReported() {
    assertThatThrownBy(() -> Device.GPU.choose(Optional.of("7"), 0, 0, () -> "no driver"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Spark assigned GPU 7, but the engine finds no GPU")
        .hasMessageContaining("--device auto");
  }

  @Test
  void aRequiredGpuThatIsMissingIsReported() {
    assertThatThrownBy(() -> Device.GPU.choose(Optional.empty(), 0, 0, () -> "no driver"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "--device gpu: the engine finds no GPU on this machine: no driver, or use");
  }

  @ParameterizedTest
  @EnumSource(
      value = Device.class,
      names = {"AUTO", "CPU"})
  void noGpuIsMissedUnlessRequired(Device device) {
    device.check();
  }
}
