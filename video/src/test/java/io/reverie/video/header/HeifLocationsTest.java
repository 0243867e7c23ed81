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

  private void require(int length) throws IOException {
    require("ftyp", 0, 1, length);
  }

  /**
   * Places of two items.
   *
   * @param first type of the first box
   * @param empty number of empty boxes before the places
   * @param extents of the second item, at most 1
   * @param length of the second item's data
   */
  private void require(String first, int empty, int extents, int length) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(16 + 8 * empty + 12 + 44);
    file.putInt(16).put(ascii(first + "avif")).putInt(0);
    for (int box = 0; box < empty; box++) {
      file.putInt(8).put(ascii("free"));
    }
    file.putInt(12 + 44).put(ascii("meta")).putInt(0);
    file.putInt(44).put(ascii("iloc")).putInt(0).putShort((short) 0x4400).putShort((short) 2);
    for (int item = 1; item <= 2; item++) {
      file.putShort((short) item).putShort((short) 0);
      file.putShort((short) (item == 1 ? 1 : extents));
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

  @Test
  void anItemWithoutExtentsIsRefused() {
    assertThatThrownBy(() -> require("ftyp", 0, 0, 1)).isInstanceOf(HeaderException.class);
  }

  @Test
  void theItemsAreFoundAfterOtherBoxesOrTheFileIsRefused() {
    assertThatThrownBy(() -> require("free", 0, 1, 0)).isInstanceOf(HeaderException.class);
    assertThatThrownBy(() -> require("ftyp", 500, 1, 0)).isInstanceOf(HeaderException.class);
    assertThatCode(() -> require("ftyp", 500, 1, 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> require("ftyp", 2000, 1, 1)).isInstanceOf(HeaderException.class);
  }
}
