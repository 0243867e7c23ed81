package io.reverie.core.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.reverie.core.DreamException;
import io.reverie.core.weights.tensor.StateDict;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand mutations of a file of each format: each is read, or refused in one sentence, within
 * little time and memory.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedFilesTest {

  @TempDir Path folder;

  private static final int MUTATIONS = 1000;
  private static final long MAX_BYTES = 64 << 20;
  private static final long SECOND = 1_000_000_000;
  private static final int LONGEST_SENTENCE = 1500;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layers.caffemodel",
        "layers-v1.caffemodel",
        "graph.pb",
        "inception.zip",
        "checkpoint.zip.pth",
        "checkpoint.legacy.pth"
      })
  void everyMutationIsReadOrRefused(String name) throws Exception {
    assertReadOrRefused(name, Files.readAllBytes(CaffeFilesTest.file(name)));
  }

  @Test
  void soIsEveryMutationOfSafetensors() throws Exception {
    StateDict weights = WeightsFile.read(CaffeFilesTest.file("layers.caffemodel"));
    assertReadOrRefused("layers.safetensors", Containers.safetensors(weights, ""));
  }

  private static void assertReadOrRefused(String name, byte[] whole) {
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      refused += isRefused(name, mutated(whole, random)) ? 1 : 0;
    }
    assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS);
  }

  @Test
  void namesOfClassesInEveryMutationOfAZipAreReadOrRefused() throws Exception {
    byte[] whole = Files.readAllBytes(CaffeFilesTest.file("inception.zip"));
    Random random = new Random(1);
    Path file = folder.resolve("mutated.zip");
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(file, mutated(whole, random));
      try {
        read += WeightsFile.labels(file).isEmpty() ? 0 : 1;
      } catch (DreamException e) {
        assertThat(e.getMessage()).contains("mutated.zip").doesNotContain("\n");
      }
    }
    assertThat(read).isBetween(1, MUTATIONS - 1);
  }

  /**
   * Changes, removes, repeats or inserts bytes, where lengths and tags are rather than anywhere.
   */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 9; i++) {
      int at = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, at + 1 + random.nextInt(16));
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, (byte) random.nextInt(256));
            case 1 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 2 -> with(bytes, at, (byte) 0xff);
            case 3 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
            case 4 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
            default -> Arrays.copyOf(bytes, Math.max(9, at));
          };
    }
    return bytes;
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static boolean isRefused(String name, byte[] bytes) {
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long time = THREADS.getCurrentThreadCpuTime();
    try {
      StateDict weights = WeightsFile.read(name, bytes);
      weights.names().forEach(each -> weights.get(each).values());
      return false;
    } catch (DreamException e) {
      assertThat(e.getMessage())
          .contains(name)
          .doesNotContain("\n")
          .hasSizeLessThan(LONGEST_SENTENCE);
      return true;
    } finally {
      assertThat(THREADS.getThreadAllocatedBytes(thread) - allocated).isLessThan(MAX_BYTES);
      assertThat(THREADS.getCurrentThreadCpuTime() - time).isLessThan(SECOND);
    }
  }
}
