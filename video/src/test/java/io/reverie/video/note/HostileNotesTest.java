package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Impossible lengths in untrusted files cost neither time nor memory. */
class HostileNotesTest {

  static Stream<byte[]> lies() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    ByteBuffer tiff = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 1);
    tiff.putShort((short) 700).putShort((short) 1).putInt(Integer.MAX_VALUE - 64).putInt(16);
    return Stream.of(
        // A chunk of -12 bytes leads back to itself.
        ByteBuffer.allocate(64).put(png).putInt(-12).array(),
        ByteBuffer.allocate(64)
            .put(png)
            .putInt(Integer.MAX_VALUE)
            .put(text("tEXtreverie\0"))
            .array(),
        tiff.array(),
        ByteBuffer.allocate(64)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(text("RIFF"))
            .putInt(56)
            .put(text("WEBPXMP "))
            .putInt(Integer.MAX_VALUE - 64)
            .array());
  }

  private static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void filesWithImpossibleLengthsHaveNoNote(byte[] still) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(StillNotes.read(still)).isEmpty());
  }
}
