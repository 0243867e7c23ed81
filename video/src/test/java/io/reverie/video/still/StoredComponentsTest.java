package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.icc.IccProfile;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CMYK, L*a*b*, floating-point numbers and alpha are read as their formats define them. */
class StoredComponentsTest {

  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;

  @TempDir private Path folder;

  private Still read(byte[] file) throws IOException {
    return Stills.read(MediaSource.of(Files.write(folder.resolve("x.tif"), file)));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] shorts(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      out.putShort((short) value);
    }
    return out.array();
  }

  @Test
  void cmykOfATiffIsConvertedAndSaid() throws IOException {
    byte[] pixels = bytes(0, 0, 0, 0, 255, 0, 0, 0);
    byte[] deep = shorts(0, 0, 0, 0, 65535, 0, 0, 0);
    float[] expected = IccProfile.usualCmyk().cmykToSrgb(pixels);

    Still still = read(new TiffMaker(2, 1, 4, 8, pixels).tag(PHOTOMETRIC, 5).bytes());
    Still deeper = read(new TiffMaker(2, 1, 4, 16, deep).tag(PHOTOMETRIC, 5).bytes());

    assertThat(still.frame().rgb()).containsExactly(expected);
    assertThat(still.profile()).isEmpty();
    assertThat(still.notes())
        .containsExactly(
            "its CMYK colours were converted to sRGB through a standard profile of offset printing (SWOP), because it has no usable one");
    assertThat(deeper.bitDepth()).isEqualTo(16);
    assertThat(ShownColours.largestDifference(deeper.frame(), still.frame())).isLessThan(1);
  }

  /**
   * L* 53.39, a* 0, b* 0 is the grey 127.5 of sRGB; the red is that of L* 54.29, a* 80.8, b* 69.9.
   */
  @Test
  void labIsConvertedFromBothEncodings() throws IOException {
    byte[] signed = bytes(136, 0, 0, 138, 81, 70);
    byte[] shifted = bytes(136, 128, 128, 138, 209, 198);
    byte[] deep = shorts(34990, 0, 0, 35579, 80 * 256 + 205, 69 * 256 + 229);

    Still lab = read(new TiffMaker(2, 1, 3, 8, signed).tag(PHOTOMETRIC, 8).bytes());
    Still icc = read(new TiffMaker(2, 1, 3, 8, shifted).tag(PHOTOMETRIC, 9).bytes());
    Still deeper = read(new TiffMaker(2, 1, 3, 16, deep).tag(PHOTOMETRIC, 8).bytes());

    Frame expected = lab.frame().withRgb(new float[] {127.5f, 127.5f, 127.5f, 255, 0, 0});
    assertThat(ShownColours.largestDifference(lab.frame(), expected)).isLessThan(1);
    assertThat(ShownColours.largestDifference(icc.frame(), lab.frame())).isLessThan(0.01);
    assertThat(ShownColours.largestDifference(deeper.frame(), expected)).isLessThan(0.3);
    assertThat(lab.notes()).containsExactly("its L*a*b* colours were converted to sRGB");
  }

  @Test
  void alphaOfATiffIsNotMultipliedIntoItsColours() throws IOException {
    byte[] straight = bytes(200, 100, 50, 128, 10, 20, 30, 0);
    byte[] premultiplied = bytes(100, 50, 25, 128, 0, 0, 0, 0);

    Still unassociated = read(tiff(straight).tag(EXTRA_SAMPLES, 2).bytes());
    Still undeclared = read(tiff(straight).bytes());
    Still associated = read(tiff(premultiplied).tag(EXTRA_SAMPLES, 1).bytes());

    assertThat(unassociated.frame().rgb()).containsExactly(200, 100, 50, 10, 20, 30);
    assertThat(unassociated.frame().alpha().orElseThrow()).containsExactly(128, 0);
    assertThat(undeclared.frame().rgb()).containsExactly(200, 100, 50, 10, 20, 30);
    assertThat(associated.frame().rgb()[0]).isCloseTo(200, within(1f));
    assertThat(associated.frame().rgb()[1]).isCloseTo(100, within(1f));
  }

  private static TiffMaker tiff(byte[] pixels) {
    return new TiffMaker(2, 1, 4, 8, pixels).tag(PHOTOMETRIC, 2);
  }

  @Test
  void greyWithAlphaStaysGrey() throws IOException {
    byte[] deep = shorts(1000, 30000, 50000, 65535);

    Still still =
        read(new TiffMaker(2, 1, 2, 16, deep).tag(PHOTOMETRIC, 1).tag(EXTRA_SAMPLES, 2).bytes());

    assertThat(still.grey()).isTrue();
    assertThat(still.bitDepth()).isEqualTo(16);
    assertThat(still.frame().rgb()[0]).isCloseTo(1000 / 257f, within(0.001f));
    assertThat(still.frame().alpha().orElseThrow()[0]).isCloseTo(30000 / 257f, within(0.001f));
  }

  @Test
  void floatingPointNumbersKeepWhatIsBrighterThanWhite() throws IOException {
    ByteBuffer floats = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {0.5f, 2, -0.1f, 0, 1, Float.NaN}) {
      floats.putFloat(value);
    }
    // 0.5 and 2 as half-precision numbers.
    byte[] halves = shorts(0x3800, 0x4000, 0, 0, 0x3C00, 0);

    Still still = read(floating(32, floats.array()));
    Still half = read(floating(16, halves));

    assertThat(still.bitDepth()).isEqualTo(32);
    assertThat(still.frame().rgb()[0]).isEqualTo(127.5f);
    assertThat(still.frame().rgb()[1]).isEqualTo(510);
    assertThat(still.frame().rgb()[5]).isZero();
    assertThat(still.seen().rgb()).containsExactly(127.5f, 255, 0, 0, 255, 0);
    assertThat(half.frame().rgb()).startsWith(127.5f, 510, 0);
    Still back = read(Stills.encode(still, "x.tif", options()));
    assertThat(back.frame().rgb()).startsWith(127.5f, 510);
  }

  private static StillOptions options() {
    return new StillOptions(90, Subsampling.YUV444);
  }

  private static byte[] floating(int bits, byte[] pixels) {
    return new TiffMaker(2, 1, 3, bits, pixels).tag(PHOTOMETRIC, 2).tag(SAMPLE_FORMAT, 3).bytes();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void theOrientationOfEveryTiffIsApplied(int orientation, int right, int down) throws IOException {
    byte[] corner = new byte[3 * 2 * 4];
    corner[0] = (byte) 255;

    Frame frame =
        read(new TiffMaker(3, 2, 4, 8, corner)
                .tag(PHOTOMETRIC, 2)
                .tag(ORIENTATION, orientation)
                .tag(EXTRA_SAMPLES, 2)
                .bytes())
            .frame();

    assertThat(frame.width()).isEqualTo(orientation > 4 ? 2 : 3);
    int x = right * (frame.width() - 1);
    int y = down * (frame.height() - 1);
    assertThat(frame.rgb()[(y * frame.width() + x) * 3]).isEqualTo(255);
  }

  /** The JDK writes plain CMYK; Adobe's marker says that it is inverted, or YCCK. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2})
  void everyFormOfCmykInJpegIsRead(int transform) throws IOException {
    int[] ink = {40, 120, 200, 30};
    int[] stored =
        switch (transform) {
          case -1 -> ink;
          case 0 -> new int[] {215, 135, 55, 225};
          // The YCbCr of the ink's complement, whose complement is the ink.
          default -> new int[] {105, 182, 82, 225};
        };
    byte[] jpeg = adobe(jpeg(stored), transform);
    Path file = Files.write(folder.resolve("x.jpg"), jpeg);

    Still still = Stills.read(MediaSource.of(file));

    float[] expected = IccProfile.usualCmyk().cmykToSrgb(bytes(ink));
    for (int c = 0; c < 3; c++) {
      assertThat(still.frame().rgb()[c]).isCloseTo(expected[c], within(4f));
    }
    assertThat(still.notes()).hasSize(1);
  }

  private static byte[] jpeg(int[] components) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, components);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  private static byte[] adobe(byte[] jpeg, int transform) {
    if (transform < 0) {
      return jpeg;
    }
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 16).put(jpeg, 0, 2);
    out.putShort((short) 0xFFEE).putShort((short) 14).put(new byte[] {'A', 'd', 'o', 'b', 'e'});
    out.putShort((short) 100).putInt(0).put((byte) transform);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }
}
