package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.FfmpegCli;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format is read and written with all that it can hold. */
class StillFormatsTest {

  private static final StillOptions OPTIONS = new StillOptions(90, Subsampling.YUV444);

  @TempDir private Path folder;

  private static Frame picture(boolean alpha, boolean grey) {
    float[] rgb = new float[24 * 16 * 3];
    float[] opacity = new float[24 * 16];
    for (int i = 0; i < rgb.length; i++) {
      int place = grey ? i / 3 : i;
      rgb[i] = place % 251 + (place % 7) / 8f;
    }
    for (int i = 0; i < opacity.length; i++) {
      opacity[i] = i % 256;
    }
    Optional<float[]> plane = alpha ? Optional.of(opacity) : Optional.empty();
    return new Frame(24, 16, rgb, plane, 0, false);
  }

  private Still read(byte[] file) throws IOException {
    return Stills.read(MediaSource.of(Files.write(folder.resolve("still"), file)));
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, 8, false",
    "a.png, 8, true",
    "a.png, 16, false",
    "a.png, 16, true",
    "a.tif, 8, false",
    "a.tif, 8, true",
    "a.tif, 16, false",
    "a.tif, 16, true",
    "a.tif, 32, false"
  })
  void greyIsWrittenAsGrey(String name, int bits, boolean alpha) throws IOException {
    Frame frame = picture(alpha, true);
    Still grey = new Still(frame, bits, true, Optional.empty(), List.of());

    Still back = read(Stills.encode(grey, name, OPTIONS));

    assertThat(back.grey()).isTrue();
    assertThat(back.bitDepth()).isEqualTo(bits);
    assertClose(back.frame().rgb(), frame.rgb(), bits == 8 ? 0.51f : 0.01f);
    assertThat(back.frame().alpha().isPresent()).isEqualTo(alpha);
    frame.alpha().ifPresent(a -> assertClose(back.frame().alpha().orElseThrow(), a, 0.01f));
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "32"})
  void coloursUnderTransparencySurviveInTiff(int bits) throws IOException {
    Frame frame = picture(true, false);

    Still back = read(Stills.encode(new Still(frame, bits), "a.tif", OPTIONS));

    assertThat(back.bitDepth()).isEqualTo(bits);
    assertClose(back.frame().rgb(), frame.rgb(), bits == 8 ? 0.51f : 0.01f);
    assertClose(back.frame().alpha().orElseThrow(), frame.alpha().orElseThrow(), 0.01f);
  }

  @Test
  void aGreyJpegHasOneComponent() throws IOException {
    Still grey = new Still(picture(false, true), 8, true, Optional.empty(), List.of());

    byte[] jpeg = Stills.encode(grey, "a.jpg", OPTIONS);

    assertThat(jpeg[frameHeader(jpeg) + 9]).isEqualTo((byte) 1);
    assertThat(read(jpeg).grey()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"YUV444, 0x11", "YUV422, 0x21", "YUV420, 0x22"})
  void theColoursOfAJpegAreSubsampledAsChosen(Subsampling subsampling, String factor) {
    StillOptions options = new StillOptions(90, subsampling);

    byte[] jpeg = Stills.encode(new Still(picture(false, false), 8), "a.jpg", options);

    assertThat(jpeg[frameHeader(jpeg) + 11]).isEqualTo(Byte.decode(factor));
  }

  private static int frameHeader(byte[] jpeg) {
    for (int i = 2; ; i++) {
      if (jpeg[i] == (byte) 0xFF && (jpeg[i + 1] == (byte) 0xC0 || jpeg[i + 1] == (byte) 0xC2)) {
        return i;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void openExrKeepsLightBrighterThanWhite(boolean alpha) throws IOException {
    Frame frame = picture(alpha, false);
    frame.rgb()[0] = 900;
    if (alpha) {
      Arrays.fill(frame.alpha().orElseThrow(), 128);
    }

    Still back = read(Stills.encode(new Still(frame, 32), "a.exr", OPTIONS));

    assertThat(back.bitDepth()).isEqualTo(32);
    assertClose(back.frame().rgb(), frame.rgb(), 0.01f);
    assertThat(back.seen().rgb()[0]).isEqualTo(255);
    assertThat(back.frame().alpha().isPresent()).isEqualTo(alpha);
    assertThat(back.fitting(StillFormat.PNG).notes())
        .containsExactly("PNG has 16 bits per colour instead of 32");
  }

  /** 0x40 of 255 is 25.1 % of the light, which sRGB stores as 137. */
  @Test
  void openExrOfHalfPrecisionIsRead() throws IOException {
    FfmpegCli.assumeInstalled();
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i color=0x404040:size=32x16 -frames:v 1 -vf format=rgb24,format=gbrpf32le"
            + " -c:v exr -format half -update 1 half.exr");

    Still still = Stills.read(MediaSource.of(folder.resolve("half.exr")));

    assertThat(still.bitDepth()).isEqualTo(32);
    assertThat(still.frame().rgb()[600]).isCloseTo(136.5f, within(2f));
    assertThat(still.frame().rgb()[601]).isEqualTo(still.frame().rgb()[600]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif"})
  void otherFormatsOfOldAreRead(String format) throws IOException {
    BufferedImage picture = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(3, 2, 0xCC6633);
    Path file = folder.resolve("x." + format);
    assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();

    Still still = Stills.read(MediaSource.of(file));

    assertThat(still.frame().width()).isEqualTo(24);
    assertThat(still.frame().height()).isEqualTo(16);
    assertThat(Arrays.copyOfRange(still.frame().rgb(), (2 * 24 + 3) * 3, (2 * 24 + 3) * 3 + 3))
        .containsExactly(0xCC, 0x66, 0x33);
    assertThat(still.frame().alpha()).isEmpty();
    assertThat(Stills.result("a." + format)).isEqualTo("a." + format + ".png");
  }

  /** Flat quarters of red, green, blue and white, which no compression moves. */
  private Path quarters() throws IOException {
    float[] rgb = new float[256 * 128 * 3];
    for (int i = 0; i < 256 * 128; i++) {
      boolean right = i % 256 >= 128;
      boolean below = i / 256 >= 64;
      rgb[i * 3] = right == below ? 255 : 0;
      rgb[i * 3 + 1] = right ? 255 : 0;
      rgb[i * 3 + 2] = below ? 255 : 0;
    }
    Frame frame = new Frame(256, 128, rgb, Optional.empty(), 0, false);
    return Files.write(folder.resolve("q.png"), Stills.encode(frame, "q.png", 8, 90));
  }

  private static void run(String... command) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", command[0])), command[0] + " is missing");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    try {
      assumeTrue(
          process.waitFor() == 0, () -> new String(said, java.nio.charset.StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The colours of the corners, clockwise from the top left. */
  @ParameterizedTest
  @CsvSource({
    "'', RGWB, 256, 128",
    "--irot 1, GWBR, 128, 256",
    "--irot 2, WBRG, 256, 128",
    "--irot 3, BRGW, 128, 256",
    "--imir 0, BWGR, 256, 128",
    "--imir 1, GRBW, 256, 128",
    "--grid 2x1, RGWB, 256, 128",
    "--grid 2x1 --irot 1, GWBR, 128, 256",
    "--depth 10, RGWB, 256, 128"
  })
  void avifIsJoinedAndUpright(String options, String corners, int width, int height)
      throws IOException {
    Path avif = folder.resolve("x.avif");
    List<String> command = new ArrayList<>(List.of("avifenc", "-s", "10"));
    Arrays.stream(options.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(command::add);
    command.addAll(List.of(quarters().toString(), avif.toString()));
    run(command.toArray(String[]::new));

    Still still = Stills.read(MediaSource.of(avif));

    assertThat(still.frame().width()).isEqualTo(width);
    assertThat(still.frame().height()).isEqualTo(height);
    assertThat(still.bitDepth()).isEqualTo(options.contains("10") ? 16 : 8);
    assertThat(corners(still.frame())).isEqualTo(corners);
  }

  private static String corners(Frame frame) {
    int right = frame.width() - 9;
    int bottom = frame.height() - 9;
    return colour(frame, 8, 8)
        + colour(frame, right, 8)
        + colour(frame, right, bottom)
        + colour(frame, 8, bottom);
  }

  private static String colour(Frame frame, int x, int y) {
    int at = (y * frame.width() + x) * 3;
    boolean red = frame.rgb()[at] > 128;
    boolean green = frame.rgb()[at + 1] > 128;
    boolean blue = frame.rgb()[at + 2] > 128;
    return red && green && blue ? "W" : red ? "R" : green ? "G" : blue ? "B" : "-";
  }

  @Test
  void heicIsReadWithItsOpacity() throws IOException {
    Frame frame = picture(true, false);
    Frame large = Stills.scale(frame, new io.reverie.video.Size(128, 96));
    Path png = Files.write(folder.resolve("a.png"), Stills.encode(large, "a.png", 8, 90));
    Path heic = folder.resolve("a.heic");
    run("heif-enc", "-q", "95", png.toString(), "-o", heic.toString());

    Frame read = Stills.read(MediaSource.of(heic)).frame();

    assertThat(read.width()).isEqualTo(128);
    float[] alpha = read.alpha().orElseThrow();
    float[] expected = large.alpha().orElseThrow();
    for (int i = 0; i < alpha.length; i += 61) {
      assertThat(alpha[i]).isCloseTo(expected[i], within(24f));
    }
  }

  @Test
  void damagedFilesOfTheNewFormatsAreReportedInOneSentence() throws IOException {
    byte[] exr = Stills.encode(new Still(picture(true, false), 32), "a.exr", OPTIONS);
    byte[] tiff = Stills.encode(new Still(picture(true, true), 16), "a.tif", OPTIONS);
    Random random = new Random(3);
    for (byte[] whole : List.of(exr, tiff)) {
      for (int round = 0; round < 60; round++) {
        byte[] bad = Arrays.copyOf(whole, 20 + random.nextInt(whole.length - 20));
        for (int k = 0; k < 5; k++) {
          bad[random.nextInt(Math.min(400, bad.length))] = (byte) random.nextInt();
        }
        try {
          read(bad);
        } catch (MediaException e) {
          assertThat(e.getMessage()).doesNotContain("\n");
        }
      }
    }
    assertThatThrownBy(() -> read(Arrays.copyOf(exr, 40))).isInstanceOf(MediaException.class);
  }
}
