package io.reverie.video.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.AnimationBytes;
import io.reverie.video.AnimationBytes.GifFrame;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

  private static final List<GifFrame> THREE =
      List.of(
          new GifFrame(0, 0, 8, 6, 10, 1, false),
          new GifFrame(2, 2, 4, 4, 50, 1, false),
          new GifFrame(0, 0, 8, 6, 200, 1, false));

  @TempDir Path folder;

  @Test
  void framesAndPlaysOfGifsAreCounted() throws IOException {
    assertThat(of(AnimationBytes.gif(8, 6, THREE, 0)))
        .isEqualTo(new Pictures(StillKind.GIF, 3, true, 0, false));
    assertThat(of(AnimationBytes.gif(8, 6, THREE, 2)).plays()).as("repetitions").isEqualTo(3);
    assertThat(of(AnimationBytes.gif(8, 6, THREE, -1)).plays()).as("no extension").isEqualTo(1);
  }

  @Test
  void gifsMayShowThroughWhereTheyAreTransparentOrUncovered() throws IOException {
    GifFrame whole = new GifFrame(0, 0, 8, 6, 10, 1, false);
    for (GifFrame frame :
        List.of(
            new GifFrame(0, 0, 8, 6, 10, 1, true),
            new GifFrame(1, 0, 7, 6, 10, 1, false),
            new GifFrame(0, 0, 8, 6, 10, 2, false),
            new GifFrame(0, 0, 8, 6, 10, 3, false))) {
      byte[] gif = AnimationBytes.gif(8, 6, List.of(frame, whole), 0);
      assertThat(of(gif).mayShowThrough()).as(frame.toString()).isTrue();
    }
  }

  @Test
  void pagesOfTiffsAreCountedWithoutThumbnailsAndMasks() throws IOException {
    assertThat(of(AnimationBytes.tiff(4, 3, 0, 0, 0)).count()).isEqualTo(3);
    assertThat(of(AnimationBytes.tiff(4, 3, 0, 1, 4, 2)).count()).isEqualTo(2);
  }

  @Test
  void aChainOfDirectoriesThatReturnsToItsStartEnds() throws IOException {
    byte[] tiff = AnimationBytes.tiff(4, 3, 0, 0);
    ByteBuffer bytes = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    int second = bytes.getInt(AnimationBytes.nextDirectory(tiff, bytes.getInt(4)));
    bytes.putInt(AnimationBytes.nextDirectory(tiff, second), bytes.getInt(4));
    assertThat(of(tiff).count()).isEqualTo(2);
  }

  @Test
  void picturesOfAnimatedWebpAndPngAreCounted() throws IOException {
    byte[] image = AnimationBytes.webpStill(8, 6, 0xFF0000);
    assertThat(of(image)).isEqualTo(new Pictures(StillKind.WEBP, 1, false, 0, false));
    byte[] webp = AnimationBytes.webp(8, 6, 7, image, image, image);
    assertThat(of(webp)).isEqualTo(new Pictures(StillKind.WEBP, 3, true, 7, false));
    ByteBuffer png = ByteBuffer.allocate(8 + 25 + 20 + 12);
    png.putLong(0x89504E470D0A1A0AL).putInt(13).putInt(0x49484452).put(new byte[17]);
    png.putInt(8).putInt(0x6163544C).putInt(5).putInt(2).putInt(0);
    assertThat(of(png.array())).isEqualTo(new Pictures(StillKind.PNG, 5, true, 2, true));
  }

  @Test
  void truncatedFilesCountAsFarAsTheyReach() throws IOException {
    byte[] image = AnimationBytes.webpStill(8, 6, 0xFF0000);
    for (byte[] whole :
        List.of(
            AnimationBytes.gif(8, 6, THREE, 2),
            AnimationBytes.tiff(4, 3, 0, 0, 0),
            AnimationBytes.webp(8, 6, 0, image, image))) {
      int before = 0;
      for (int length = 40; length <= whole.length; length++) {
        int count = of(Arrays.copyOf(whole, length)).count();
        assertThat(count).as("of %d bytes", length).isBetween(before, 3);
        before = count;
      }
    }
  }

  @Test
  void aWebpPictureOutsideItsCanvasIsRefused() throws IOException {
    byte[] webp = AnimationBytes.webp(8, 6, 0, AnimationBytes.webpStill(16, 6, 0xFF));
    assertThatThrownBy(() -> of(webp))
        .isInstanceOf(HeaderException.class)
        .hasMessageContaining("a picture of 16x6 px reaches outside its canvas of 8x6 px");
  }

  /** Each level costs a few bytes of the file, but a frame of the stack. */
  @Test
  void boxesWithinBoxesEndInASentence() throws IOException {
    int levels = 100_000;
    ByteBuffer heif = ByteBuffer.allocate(16 + 12 * levels);
    heif.putInt(16).put("ftypheic".getBytes(java.nio.charset.StandardCharsets.UTF_8)).putInt(0);
    for (int i = 0; i < levels; i++) {
      heif.putInt(12 * (levels - i)).putInt(0x6D657461).putInt(0);
    }
    Path file = Files.write(folder.resolve("deep.heic"), heif.array());
    assertThatThrownBy(() -> StillHeader.of(MediaSource.of(file).open()))
        .isInstanceOf(HeaderException.class);
    assertThat(of(heif.array()).count()).isEqualTo(1);
  }

  @Test
  void otherFilesHaveNoPictures() throws IOException {
    assertThat(read("not a picture at all".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(read(new byte[0])).isEmpty();
  }

  private Pictures of(byte[] bytes) throws IOException {
    return read(bytes).orElseThrow();
  }

  private Optional<Pictures> read(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    try (SeekableByteChannel channel = MediaSource.of(file).open()) {
      return Pictures.of(channel);
    }
  }
}
