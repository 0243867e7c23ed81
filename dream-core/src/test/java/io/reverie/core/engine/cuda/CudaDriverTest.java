package io.reverie.core.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drivers that a C compiler makes here. */
class CudaDriverTest {

  @TempDir private Path folder;

  @Test
  void aMachineWithoutADriverIsToldToInstallIt() {
    assertThat(CudaDriver.complaint(folder.resolve("libcuda.so.1").toString()))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("NVIDIA's driver is not installed (no libcuda.so.1)")
                    .contains("--gpus all"));
  }

  @ParameterizedTest
  @CsvSource({
    // cuInit, version, devices, what it says
    "0, 12080, 1,",
    "0, 13000, 4,",
    "100, 12080, 1, finds no GPU (cuInit returns 100)",
    "0, 11080, 1, is for CUDA 11.8",
    "0, 12080, 0, lists no GPU"
  })
  void theDriverIsAskedForItsVersionAndItsGpus(int init, int version, int devices, String expected)
      throws Exception {
    var complaint = CudaDriver.complaint(driver(init, version, devices).toString());
    if (expected == null) {
      assertThat(complaint).isEmpty();
    } else {
      assertThat(complaint).hasValueSatisfying(s -> assertThat(s).contains(expected));
    }
  }

  private Path driver(int init, int version, int devices) throws IOException, InterruptedException {
    Path source = folder.resolve("driver.c");
    Path library = folder.resolve("libcuda-%d-%d-%d.so".formatted(init, version, devices));
    Files.writeString(
        source,
        """
        int cuInit(unsigned flags) { return %d; }
        int cuDriverGetVersion(int *v) { *v = %d; return 0; }
        int cuDeviceGetCount(int *n) { *n = %d; return 0; }
        """
            .formatted(init, version, devices));
    assumeTrue(
        compile("-shared", "-fPIC", "-o", library.toString(), source.toString()), "no C compiler");
    return library;
  }

  private static boolean compile(String... words) throws InterruptedException {
    try {
      String[] all = new String[words.length + 1];
      all[0] = "cc";
      System.arraycopy(words, 0, all, 1, words.length);
      return new ProcessBuilder(all).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
