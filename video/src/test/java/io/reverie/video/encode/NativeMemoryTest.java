package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A constructor that fails frees the native memory that it has allocated. */
class NativeMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long MIB = 1 << 10;

  /** No H.264 encoder supports it. */
  private static final OutputFormat REJECTED =
      OutputFormat.of(
          "o.mp4",
          new EncodeOptions(
              Optional.empty(),
              OptionalInt.empty(),
              OptionalLong.empty(),
              Optional.of("gray16le")));

  @TempDir private Path folder;

  /** Each failure allocates a frame of 45 MB, which is never touched. */
  @Test
  void aSegmentWriterWhoseEncoderFailsFreesItsFrame() throws IOException {
    assumeThat(STATUS).exists();
    Size large = new Size(4000, 4000);
    failingWriters(large, 5);
    long before = kib("VmSize");
    failingWriters(large, 60);
    assertThat(kib("VmSize") - before).isLessThan(1000 * MIB);
  }

  private void failingWriters(Size size, int count) {
    Path file = folder.resolve("o.nut");
    for (int i = 0; i < count; i++) {
      assertThatThrownBy(() -> new SegmentWriter(file, REJECTED, frames(size)))
          .isInstanceOf(MediaException.class)
          .hasMessageContaining("does not support frames of 4000x4000 px as gray16le");
    }
  }

  private static SegmentFormat frames(Size size) {
    Rational unit = new Rational(1, 25);
    return new SegmentFormat(size, unit, unit.inverse(), Colour.UNSPECIFIED, 8, false);
  }

  private static long kib(String field) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
