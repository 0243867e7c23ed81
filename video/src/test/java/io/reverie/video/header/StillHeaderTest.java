package io.reverie.video.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the claimed size of files without decoding them. */
class StillHeaderTest {

  @TempDir private Path folder;

  private StillHeader read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.png"), bytes);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return StillHeader.of(channel);
    }
  }

  static Stream<Arguments> claims() {
    return Stream.of(
        Arguments.of(StillKind.PNG, Claims.png(20000, 10000)),
        Arguments.of(StillKind.JPEG, Claims.jpeg(0xC0, 20000, 10000)),
        Arguments.of(StillKind.JPEG, Claims.jpeg(0xC2, 20000, 10000)),
        Arguments.of(StillKind.WEBP, Claims.webp(20000, 10000)),
        Arguments.of(StillKind.TIFF, Claims.tiff(ByteOrder.LITTLE_ENDIAN, 20000, 10000, 256)),
        Arguments.of(StillKind.TIFF, Claims.tiff(ByteOrder.BIG_ENDIAN, 20000, 10000, 256)),
        Arguments.of(StillKind.TIFF, Claims.bigTiff(20000, 10000)));
  }

  @ParameterizedTest
  @MethodSource("claims")
  void theSizeIsReadInEveryFormat(StillKind kind, byte[] file) throws IOException {
    StillHeader header = read(file);

    assertThat(header.kind()).isEqualTo(kind);
    assertThat(header.width()).isEqualTo(20000);
    assertThat(header.height()).isEqualTo(10000);
    assertThat(header.reading().heap()).isGreaterThanOrEqualTo(12.0 * 20000 * 10000);
  }

  @Test
  void memoryNeedsIncludeDecoderBuffers() throws IOException {
    double plain = read(Claims.jpeg(0xC0, 9000, 9000)).reading().other();
    assertThat(read(Claims.jpeg(0xC2, 9000, 9000)).reading().other())
        .isEqualTo(plain + 6.0 * 9000 * 9000);
    assertThat(read(Claims.tiff(ByteOrder.BIG_ENDIAN, 8, 8, 1 << 20)).extra())
        .isGreaterThanOrEqualTo(1 << 30);
  }

  @ParameterizedTest
  @CsvSource({"2147483647, 2147483647", "4294967295, 4294967295", "1, 1048577", "30000, 30000"})
  void impossibleSizesAreRejected(long width, long height) {
    assertThatThrownBy(() -> read(Claims.png(width, height)))
        .isInstanceOf(HeaderException.class)
        .hasMessageStartingWith("claims to have %dx%d px".formatted(width, height));
    assertThatThrownBy(() -> read(Claims.bigTiff(Long.MAX_VALUE, Long.MIN_VALUE)))
        .isInstanceOf(HeaderException.class)
        .hasMessageStartingWith("claims to have");
  }

  @ParameterizedTest
  @CsvSource({"P6 1 1 255, PPM", "8BPS, Photoshop", "#?RADIANCE, Radiance HDR"})
  void unsupportedFormatsAreRejectedByName(String begin, String name) {
    byte[] file = Arrays.copyOf(begin.getBytes(ISO_8859_1), 64);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(HeaderException.class)
        .hasMessage(
            "is a %s image, which cannot be read; convert it to PNG, JPEG, WebP or TIFF", name);
  }

  @Test
  void arbitraryBytesGiveAHeaderOrAHeaderException() {
    Random random = new Random(1);
    for (Arguments claim : claims().toList()) {
      byte[] file = (byte[]) claim.get()[1];
      for (int round = 0; round < 200; round++) {
        byte[] other = Arrays.copyOf(file, 1 + random.nextInt(file.length));
        for (int k = 0; k < 4; k++) {
          other[random.nextInt(other.length)] = (byte) random.nextInt();
        }
        assertThat(failure(other)).isIn("", "HeaderException");
      }
    }
  }

  private String failure(byte[] file) {
    try {
      assertThat(read(file).pixels()).isPositive();
      return "";
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }
}
