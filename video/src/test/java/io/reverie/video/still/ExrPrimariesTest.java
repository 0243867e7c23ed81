package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chromaticities of an OpenEXR file against published matrices to BT.709. */
class ExrPrimariesTest {

  private static final int SIDE = 8;
  private static final int FIRST_ATTRIBUTE = 8;

  @TempDir private Path folder;

  /** Fills three pixels with red, green and blue of half light. */
  private static byte[] picture() {
    float[] rgb = new float[SIDE * SIDE * 3];
    for (int c = 0; c < 3; c++) {
      rgb[4 * c] = (float) (255 * SrgbCurve.encode(0.5));
    }
    Frame frame = new Frame(SIDE, SIDE, rgb, Optional.empty(), 0, false);
    return Stills.encode(new Still(frame, 32), "a.exr", new StillOptions(90, Subsampling.YUV444));
  }

  /** Adds the attribute as the first; the one strip of pixels then begins later. */
  private static byte[] withChromaticities(byte[] exr, float... xy) {
    byte[] word = "chromaticities\0".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer attribute =
        ByteBuffer.allocate(2 * word.length + 4 + 4 * xy.length).order(ByteOrder.LITTLE_ENDIAN);
    attribute.put(word).put(word).putInt(4 * xy.length);
    for (float value : xy) {
      attribute.putFloat(value);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(exr, 0, FIRST_ATTRIBUTE);
    out.writeBytes(attribute.array());
    out.write(exr, FIRST_ATTRIBUTE, exr.length - FIRST_ATTRIBUTE);
    ByteBuffer result = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = FIRST_ATTRIBUTE; at + 8 <= exr.length; at++) {
      // The only offset is that of the data after itself.
      if (ByteBuffer.wrap(exr).order(ByteOrder.LITTLE_ENDIAN).getLong(at) == at + 8) {
        int moved = at + attribute.capacity();
        return result.putLong(moved, moved + 8L).array();
      }
    }
    throw new IllegalStateException("no table of offsets");
  }

  private Still read(byte[] exr) throws IOException {
    return Stills.read(MediaSource.of(Files.write(folder.resolve("own.exr"), exr)));
  }

  private static double light(Still still, int pixel, int component) {
    return SrgbCurve.decode(still.frame().rgb()[pixel * 3 + component] / 255.0);
  }

  private static void assertConverted(Still still, double[][] matrix) {
    for (int column = 0; column < 3; column++) {
      for (int row = 0; row < 3; row++) {
        assertThat(light(still, column, row)).isCloseTo(matrix[row][column] / 2, within(0.002));
      }
    }
    assertThat(still.notes()).containsExactly("its primaries were converted to those of sRGB");
  }

  @Test
  void displayP3BecomesSrgb() throws IOException {
    Still still =
        read(
            withChromaticities(
                picture(), 0.68f, 0.32f, 0.265f, 0.69f, 0.15f, 0.06f, 0.3127f, 0.329f));
    assertConverted(
        still,
        new double[][] {{1.2249, -0.2247, 0}, {-0.0420, 1.0419, 0}, {-0.0197, -0.0786, 1.0979}});
  }

  /** Its blue is imaginary, and its white is not that of sRGB. */
  @Test
  void acesBecomesSrgb() throws IOException {
    Still still =
        read(
            withChromaticities(
                picture(), 0.7347f, 0.2653f, 0, 1, 0.0001f, -0.077f, 0.32168f, 0.33767f));
    assertConverted(
        still,
        new double[][] {
          {2.5217, -1.1341, -0.3876}, {-0.2765, 1.3727, -0.0962}, {-0.0154, -0.1530, 1.1684}
        });
  }

  @Test
  void thoseOfSrgbChangeNothing() throws IOException {
    byte[] plain = picture();
    Still still =
        read(withChromaticities(plain, 0.64f, 0.33f, 0.3f, 0.6f, 0.15f, 0.06f, 0.3127f, 0.329f));
    assertThat(still.notes()).isEmpty();
    assertThat(still.frame().rgb()).isEqualTo(read(plain).frame().rgb());
  }

  @Test
  void damagedOnesAreLeftOut() throws IOException {
    for (float damage : new float[] {0, Float.NaN, Float.POSITIVE_INFINITY}) {
      Still still =
          read(
              withChromaticities(
                  picture(), damage, damage, damage, damage, damage, damage, damage, damage));
      assertThat(still.notes()).containsExactly("its chromaticities are damaged and were left out");
      assertThat(light(still, 0, 0)).isCloseTo(0.5, within(1e-3));
    }
  }
}
