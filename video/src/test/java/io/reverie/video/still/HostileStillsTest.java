package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.header.Claims;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first bytes decide the format of a still, and its header whether it is decoded. */
class HostileStillsTest {

  @TempDir private Path folder;

  private MediaSource file(String name, byte[] bytes) throws IOException {
    return MediaSource.of(Files.write(folder.resolve(name), bytes));
  }

  @Test
  void anImageTooLargeForMemoryIsRejectedByItsHeader() throws IOException {
    MediaSource huge = file("huge.png", Claims.png(26000, 26000));

    assertThatThrownBy(() -> Stills.read(huge))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("huge.png has 26000x26000 px, which needs about 7.6 GiB")
        .hasMessageContaining("REVERIE_MEMORY=")
        .hasMessageEndingWith("or scale it down first");
  }

  @Test
  void sizesBeyondOpenCvAreReported() throws IOException {
    MediaSource claim = file("claim.png", Claims.png(Integer.MAX_VALUE, Integer.MAX_VALUE));

    assertThatThrownBy(() -> Stills.read(claim))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("claim.png claims to have 2147483647x2147483647 px");
  }

  @ParameterizedTest
  @CsvSource({"'\0\0\0\u000cJXL ', JPEG XL", "8BPS, Photoshop", "P6, PPM"})
  void anUnsupportedFormatIsRejectedByName(String begin, String name) throws IOException {
    byte[] bytes = Arrays.copyOf(begin.getBytes(StandardCharsets.ISO_8859_1), 64);
    MediaSource unread = file("x.png", bytes);

    assertThatThrownBy(() -> Stills.read(unread))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "%s is a %s image, which cannot be read; convert it to PNG, JPEG, WebP or TIFF",
            unread.name(), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void aMisnamedImageIsReadByItsContent(String format) throws IOException {
    Frame frame = new Frame(48, 32, new float[48 * 32 * 3], Optional.empty(), 0, false);
    MediaSource misnamed = file("other.jpg", Stills.encode(frame, format, 8, 95));

    assertThat(Stills.read(misnamed).frame().width()).isEqualTo(48);
    assertThat(Stills.header(misnamed).width()).isEqualTo(48);
  }

  /** Otherwise the decoder would allocate all 3.9 GB. */
  @Test
  void aChunkLongerThanTheFileIsRejected() throws IOException {
    Frame frame = new Frame(24, 18, new float[24 * 18 * 3], Optional.empty(), 0, false);
    byte[] png = Stills.encode(frame, "a.png", 8, 95);
    int data = new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT");
    ByteBuffer.wrap(png).putInt(data - 4, (int) 3_928_161_700L);
    MediaSource claim = file("chunk.png", png);

    assertThatThrownBy(() -> Stills.read(claim))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("chunk.png is damaged: a chunk of 3928161700 bytes");
  }

  /** Its head is there, but not its checksum; the decoder would allocate 4 GB for it. */
  @Test
  void theLastChunkIsCheckedToo() throws IOException {
    byte[] png = Arrays.copyOf(Claims.png(8, 8), 33 + 11);
    ByteBuffer.wrap(png).putInt(33, -1).put(37, "tEXtabc".getBytes(StandardCharsets.US_ASCII));
    MediaSource claim = file("last.png", png);

    assertThatThrownBy(() -> Stills.read(claim))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("last.png is damaged: a chunk of 4294967295 bytes");
  }

  @Test
  void whatFollowsThePngIsIgnored() throws IOException {
    Frame frame = new Frame(24, 18, new float[24 * 18 * 3], Optional.empty(), 0, false);
    byte[] png = Stills.encode(frame, "a.png", 8, 95);
    byte[] longer = Arrays.copyOf(png, png.length + 100);
    Arrays.fill(longer, png.length, longer.length, (byte) 0x7F);

    assertThat(Stills.read(file("trailer.png", longer)).frame().width()).isEqualTo(24);
  }
}
