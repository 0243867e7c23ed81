package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.icc.GeneratedProfile;
import io.reverie.video.icc.IccProfile;
import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.still.Still;
import io.reverie.video.still.StillOptions;
import io.reverie.video.still.Stills;
import io.reverie.video.still.Subsampling;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At strength 0 every kind of still comes back with the colours that it showed. */
class FaithfulStillsIT {

  private static final IccProfile DISPLAY_P3 = GeneratedProfile.of(12, 13).orElseThrow();
  private static final StillOptions OPTIONS = new StillOptions(92, Subsampling.YUV444);

  @TempDir private static Path folder;

  private static CommandLineRun run;

  @BeforeAll
  static void dreamOnAllKinds() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    write("p3.png", new Still(picture(), 16, false, Optional.of(DISPLAY_P3), List.of()));
    write("grey.png", new Still(grey(), 16, true, Optional.empty(), List.of()));
    write("light.exr", new Still(picture(), 32));
    ImageIO.write(
        new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "bmp", in("old.bmp").toFile());
    ink(in("ink.jpg"));
    Files.write(in("new.jxl"), new byte[] {(byte) 0xFF, '\n', 0, 0});
    run =
        CommandLineRun.of(
            "images",
            "--strength=0",
            "--iterations=1",
            "--octaves=1",
            folder.resolve("in").toString(),
            folder.resolve("out").toString());
  }

  private static Path in(String name) {
    return folder.resolve("in").resolve(name);
  }

  private static Still out(String name) {
    return Stills.read(MediaSource.of(folder.resolve("out").resolve(name)));
  }

  private static void write(String name, Still still) throws IOException {
    byte[] encoded = Stills.encode(still, name, OPTIONS);
    Optional<byte[]> icc = still.profile().map(IccProfile::bytes);
    Files.write(in(name), StillMetadata.NONE.withIcc(icc).write(encoded).still());
  }

  private static Frame picture() {
    float[] rgb = new float[64 * 48 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i * 31 % 256;
    }
    return new Frame(64, 48, rgb, Optional.empty(), 0, false);
  }

  private static Frame grey() {
    float[] rgb = new float[64 * 48 * 3];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      rgb[i] = (pixel * 31 % 65536) / 257f;
    }
    return picture().withRgb(rgb);
  }

  /** Writes plain CMYK of one colour. */
  private static void ink(Path file) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 48, 4, null);
    for (int i = 0; i < 64 * 48; i++) {
      raster.setPixel(i % 64, i / 64, new int[] {200, 20, 40, 10});
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    writer.dispose();
  }

  @Test
  void everythingThatCanBeReadIsDreamedAndTheRestIsCounted() {
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("1 file of another kind skipped: 1 .jxl");
  }

  @Test
  void aProfileIsKeptWithItsPixels() {
    Still p3 = out("p3.png");

    assertThat(p3.profile().orElseThrow().bytes()).isEqualTo(DISPLAY_P3.bytes());
    assertThat(p3.bitDepth()).isEqualTo(16);
    assertThat(p3.frame().rgb()).containsExactly(picture().rgb());
  }

  @Test
  void greyOfSixteenBitsStaysSo() {
    Still grey = out("grey.png");

    assertThat(grey.grey()).isTrue();
    assertThat(grey.bitDepth()).isEqualTo(16);
    assertThat(grey.frame().rgb())
        .containsExactly(Stills.read(MediaSource.of(in("grey.png"))).frame().rgb());
  }

  @Test
  void inkIsConvertedAndSaid() {
    Still converted = out("ink.jpg");

    float[] expected = Stills.shown(MediaSource.of(in("ink.jpg"))).rgb();
    assertThat(run.err()).contains("its CMYK colours were converted to sRGB through");
    assertThat(converted.profile()).isEmpty();
    for (int c = 0; c < 3; c++) {
      assertThat(Math.abs(converted.frame().rgb()[c] - expected[c])).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aFormatThatIsNotWrittenBecomesAPng() {
    assertThat(out("old.bmp.png").frame().width()).isEqualTo(64);
  }

  @Test
  void openExrHoldsItsSettingsInItsSidecarOnly() {
    assertThat(out("light.exr").bitDepth()).isEqualTo(32);
    assertThat(run.err()).contains("OpenEXR holds no note; its settings were written to");
    assertThat(folder.resolve("out/light.exr.json")).isNotEmptyFile();
  }

  @Test
  void aFormatThatCannotBeReadIsNamedWithARemedy() {
    CommandLineRun named =
        CommandLineRun.of("images", in("new.jxl").toString(), folder.resolve("x.png").toString());

    assertThat(named.code()).isEqualTo(3);
    assertThat(named.err())
        .contains(
            "new.jxl is a JPEG XL image, which cannot be read; convert it to PNG, JPEG, WebP or TIFF");
  }
}
