package io.reverie.video.header;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeifLocationsTest {

  @TempDir private Path folder;

  /** Places of two items, of which the second has the given length. */
  private void require(int length) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(16 + 12 + 44);
    file.putInt(16).put(ascii("ftypavif")).putInt(0);
    file.putInt(12 + 44).put(ascii("meta")).putInt(0);
    file.putInt(44).put(ascii("iloc")).putInt(0).putShort((short) 0x4400).putShort((short) 2);
    for (int item = 1; item <= 2; item++) {
      file.putShort((short) item).putShort((short) 0).putShort((short) 1);
      file.putInt(80).putInt(item == 1 ? 9 : length);
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(Files.write(folder.resolve("a.avif"), file.array()))) {
      HeifLocations.require(channel);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void anItemWithoutDataIsRefused() {
    assertThatThrownBy(() -> require(0))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining("it may be damaged");
    assertThatCode(() -> require(1)).doesNotThrowAnyException();
  }
}
