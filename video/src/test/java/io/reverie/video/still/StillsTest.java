package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stills keep their colours, depth, transparency and orientation. */
class StillsTest {

  private static final int WIDTH = 48;
  private static final int HEIGHT = 32;

  @TempDir private Path folder;

  /** Red increases to the right, green downwards; blue is low. */
  private static Frame picture(boolean alpha) {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    float[] opacity = new float[WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      rgb[i * 3] = (i % WIDTH) * 4.5f;
      int row = i / WIDTH;
      rgb[i * 3 + 1] = row * 7.25f;
      rgb[i * 3 + 2] = 20;
      opacity[i] = 255 - (i % WIDTH);
    }
    Optional<float[]> plane = alpha ? Optional.of(opacity) : Optional.empty();
    return new Frame(WIDTH, HEIGHT, rgb, plane, 0, false);
  }

  private Still roundTrip(Frame frame, String name, int bitDepth) throws IOException {
    Path file = Files.write(folder.resolve(name), Stills.encode(frame, name, bitDepth, 98));
    return Stills.read(MediaSource.of(file));
  }

  private static float largestDifference(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, 8, 8, 0.51",
    "a.png, 16, 16, 0.01",
    "a.tif, 8, 8, 0.51",
    "a.tiff, 16, 16, 0.01",
    "a.jpg, 8, 8, 12",
    "a.JPEG, 16, 8, 12",
    "a.webp, 16, 8, 12"
  })
  void coloursAndDepthAreKept(String name, int bitDepth, int kept, float tolerance)
      throws IOException {
    Frame frame = picture(false);

    Still still = roundTrip(frame, name, bitDepth);

    assertThat(still.bitDepth()).isEqualTo(kept);
    assertThat(still.frame().alpha()).isEmpty();
    assertThat(largestDifference(still.frame().rgb(), frame.rgb())).isLessThan(tolerance);
  }

  @ParameterizedTest
  @CsvSource({"a.png, 8", "a.png, 16", "a.tif, 8", "a.webp, 8"})
  void transparencyIsKept(String name, int bitDepth) throws IOException {
    Frame frame = picture(true);

    Frame read = roundTrip(frame, name, bitDepth).frame();

    assertThat(largestDifference(read.alpha().orElseThrow(), frame.alpha().orElseThrow()))
        .isLessThan(0.51f);
  }

  @Test
  void jpegDropsTransparency() throws IOException {
    assertThat(roundTrip(picture(true), "a.jpg", 8).frame().alpha()).isEmpty();
  }

  @Test
  void greyIsReadAsRgb() throws IOException {
    FfmpegCli.assumeInstalled();
    FfmpegCli.ffmpeg(
        folder, "-f lavfi -i color=gray:size=32x16 -frames:v 1 -pix_fmt gray -update 1 grey.png");

    Frame frame = Stills.read(MediaSource.of(folder.resolve("grey.png"))).frame();

    assertThat(frame.rgb()).hasSize(32 * 16 * 3);
    assertThat(frame.rgb()[0])
        .isEqualTo(frame.rgb()[1])
        .isEqualTo(frame.rgb()[2])
        .isBetween(120f, 136f);
  }

  @Test
  void coloursEqualThoseOfFfmpeg() throws IOException {
    FfmpegCli.assumeInstalled();
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i color=0xC86414:size=32x16 -frames:v 1 -pix_fmt rgb24 -update 1 known.png");

    Frame frame = Stills.read(MediaSource.of(folder.resolve("known.png"))).frame();

    assertThat(frame.rgb()[0]).isBetween(197f, 203f);
    assertThat(frame.rgb()[1]).isBetween(97f, 103f);
    assertThat(frame.rgb()[2]).isBetween(17f, 23f);
  }

  /** The position of the stored image's top left corner, and whether sides are swapped. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, false",
    "2, 1, 0, false",
    "3, 1, 1, false",
    "4, 0, 1, false",
    "5, 0, 0, true",
    "6, 1, 0, true",
    "7, 1, 1, true",
    "8, 0, 1, true"
  })
  void exifOrientationIsApplied(int orientation, int right, int down, boolean swapped)
      throws IOException {
    byte[] jpeg = Stills.encode(corner(), "a.jpg", 8, 98);
    Path file = Files.write(folder.resolve("turned.jpg"), withOrientation(jpeg, orientation));

    Frame frame = Stills.read(MediaSource.of(file)).frame();

    assertThat(frame.width()).isEqualTo(swapped ? HEIGHT : WIDTH);
    assertThat(frame.height()).isEqualTo(swapped ? WIDTH : HEIGHT);
    int x = right == 0 ? 3 : frame.width() - 4;
    int y = down == 0 ? 3 : frame.height() - 4;
    assertThat(frame.rgb()[(y * frame.width() + x) * 3]).isGreaterThan(200);
    assertThat(sum(frame)).isBetween(200f * 64, 300f * 64);
  }

  /** Returns a black image with a red square of 8 px at the top left. */
  private static Frame corner() {
    float[] rgb = new float[WIDTH * HEIGHT * 3];
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        rgb[(y * WIDTH + x) * 3] = 255;
      }
    }
    return new Frame(WIDTH, HEIGHT, rgb, Optional.empty(), 0, false);
  }

  private static float sum(Frame frame) {
    float sum = 0;
    for (int i = 0; i < frame.rgb().length; i += 3) {
      sum += frame.rgb()[i];
    }
    return sum;
  }

  /** Inserts an EXIF segment with only the orientation after the JPEG's first marker. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36).put(jpeg, 0, 2);
    out.putShort((short) 0xffe1).putShort((short) 34).put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    out.put(new byte[] {'M', 'M', 0, 42}).putInt(8).putShort((short) 1);
    out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) orientation).putShort((short) 0).putInt(0);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "webp", "tif"})
  void aTextFileIsRejected(String extension) throws IOException {
    Path file = Files.writeString(folder.resolve("no." + extension), "this is no picture at all");

    assertThatThrownBy(() -> Stills.read(MediaSource.of(file)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("no." + extension)
        .hasMessageContaining(
            "is not a readable PNG, JPEG, WebP, TIFF, HEIC, AVIF, BMP, GIF or OpenEXR image");
  }

  @Test
  void anEmptyFileIsRejected() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.png"));

    assertThatThrownBy(() -> Stills.read(MediaSource.of(file)))
        .isInstanceOf(MediaException.class)
        .hasMessageEndingWith("empty.png is empty");
  }
}
