package io.reverie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

  @TempDir private Path folder;

  @Test
  void flagsAreThoseOfTheFirstProcessor() throws IOException {
    Path list = folder.resolve("cpuinfo");
    Files.writeString(
        list,
        "processor\t: 0\nflags\t\t: fpu avx512f avx512_bf16 amx_bf16\n\nprocessor\t: 1\nflags\t: sse\n");
    assertThat(Processor.flags(list)).contains("avx512_bf16", "fpu").doesNotContain("sse");
    assertThat(Processor.flags(folder.resolve("none"))).isEmpty();
  }

  @Test
  void autoIsWhatTheProcessorComputesInHardware() {
    Precision chosen = Precision.AUTO.on("cpu");
    assertThat(chosen.isFastOn("cpu")).isTrue();
    assertThat(chosen == Precision.BFLOAT16).isEqualTo(Precision.BFLOAT16.isFastOn("cpu"));
    assertThat(Precision.AUTO.on("gpu0")).isEqualTo(Precision.TF32);
    assertThat(Precision.FLOAT32.on("gpu0")).isEqualTo(Precision.FLOAT32);
  }
}
