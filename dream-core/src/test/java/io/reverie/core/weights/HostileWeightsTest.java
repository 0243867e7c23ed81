package io.reverie.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.reverie.core.DreamException;
import io.reverie.core.pickle.PickleWriter;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malicious files are rejected in one sentence, in less than a second and with less than 200 MB.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileWeightsTest {

  private static final long SECOND = 1_000_000_000;
  private static final long MAX_BYTES = 200 << 20;
  private static final int LONGEST_SENTENCE = 1500;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  static Stream<Arguments> files() {
    return HostileFiles.all().entrySet().stream()
        .map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void maliciousFilesAreRejectedInOneSentence(String what, Supplier<byte[]> file) {
    byte[] bytes = file.get();
    assertRejectedCheaply(() -> WeightsFile.read("hostile.pth", bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashbomb60", "strbomb40", "selflist"})
  void picklesThatExpandWithoutEndAreRejected(String name) throws IOException {
    Path file = folder.resolve("hostile.pth");
    try (InputStream in =
        HostileWeightsTest.class.getResourceAsStream("/weights/hostile/%s.pth".formatted(name))) {
      Files.write(file, in.readAllBytes());
    }
    assertRejectedCheaply(() -> WeightsFile.read(file));
  }

  /** Total allocation is an upper bound of the memory in use. */
  private static void assertRejectedCheaply(Supplier<StateDict> reading) {
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long time = THREADS.getCurrentThreadCpuTime();
    Throwable refusal = catchThrowable(reading::get);
    assertThat(THREADS.getCurrentThreadCpuTime() - time).as("time").isLessThan(SECOND);
    assertThat(THREADS.getThreadAllocatedBytes(thread) - allocated)
        .as("memory")
        .isLessThan(MAX_BYTES);
    assertThat(refusal).isInstanceOf(DreamException.class).hasMessageContaining("hostile.pth");
    assertThat(refusal.getMessage()).hasSizeLessThan(LONGEST_SENTENCE).doesNotContain("\n");
  }

  @Test
  void tensorsThatShareAStorageAreCopiedOnDemand() throws IOException {
    int elements = 10_000_000;
    byte[] pickle = HostilePickles.views(8, elements);
    Path file =
        Files.write(
            folder.resolve("shared.pth"),
            HostileFiles.zip(pickle).stored("a/data/0", new byte[4 * elements]).end());
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    StateDict weights = WeightsFile.read(file);
    assertThat(weights.get("t7").shape()).containsExactly(elements);
    assertThat(THREADS.getThreadAllocatedBytes(thread) - allocated).isLessThan(4L * elements);
    assertThat(weights.get("t7").values()).hasSize(elements);
  }

  @Test
  void entriesWithNumericKeysAreSkipped() {
    byte[] pickle =
        new PickleWriter()
            .raw("}(K\1NNN")
            .text("t")
            .tensor("0", 0, new long[] {1}, new long[] {1})
            .raw("u")
            .end();
    byte[] file = HostileFiles.zip(pickle).stored("a/data/0", new byte[4]).end();
    assertThat(WeightsFile.read("numbered.pth", file).names()).containsExactly("t");
  }

  @Test
  void aCompressedPickleIsRead() {
    byte[] pickle = HostilePickles.views(4, 1);
    byte[] file =
        new ZipWriter()
            .deflated("a/data.pkl", pickle, pickle.length)
            .stored("a/data/0", new byte[400])
            .end();
    assertThat(WeightsFile.read("zipped.pth", file).names()).hasSize(4);
  }

  @Test
  void aFileThatIsTruncatedLaterIsReported() throws IOException {
    byte[] whole = HostileFiles.legacy(HostilePickles.views(1, 100), 100);
    Path file = Files.write(folder.resolve("short.pth"), whole);
    Tensor tensor = WeightsFile.read(file).get("t0");
    Files.write(file, new byte[16]);
    assertThatThrownBy(tensor::values)
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("short.pth", "it is truncated");
  }
}
