package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.metadata.bytes.ByteView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEIC and AVIF as libheif and libavif write them, with metadata by exiftool. */
class HeifItemsTest {

  @TempDir private Path folder;

  private byte[] source(String format) throws IOException {
    Path encoder = Path.of(format.equals("heic") ? "/usr/bin/heif-enc" : "/usr/bin/avifenc");
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    assumeTrue(Files.isExecutable(encoder), encoder + " is not installed");
    Path png = Files.write(folder.resolve("a.png"), Pictures.encoded("a.png", 64, 64));
    Path still = folder.resolve("a." + format);
    run(
        format.equals("heic")
            ? new String[] {encoder.toString(), png.toString(), "-o", still.toString()}
            : new String[] {encoder.toString(), "-s", "10", png.toString(), still.toString()});
    Exiftool.text(
        folder,
        "-overwrite_original",
        "-EXIF:Artist=Zoë",
        "-EXIF:LensModel=Lens 50mm",
        "-EXIF:GPSLatitude=52.5",
        "-EXIF:GPSLatitudeRef=N",
        "-XMP-dc:Title=a title",
        "-XMP-photoshop:City=Berlin",
        "a." + format);
    return Files.readAllBytes(still);
  }

  private static void run(String... command) throws IOException {
    try {
      assertThat(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor())
          .isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic", "avif"})
  void exifAndXmpAreCarriedIntoEveryFormat(String format) throws IOException {
    StillMetadata read = StillMetadata.read(source(format));
    assertThat(read.losses()).isEmpty();
    for (String name : new String[] {"r.jpg", "r.png", "r.webp", "r.tif"}) {
      Files.write(folder.resolve(name), read.write(Pictures.encoded(name, 48, 48)).still());
      String found =
          Exiftool.text(
              folder,
              "-n",
              "-s3",
              "-EXIF:Artist",
              "-EXIF:LensModel",
              "-EXIF:GPSLatitude",
              "-XMP-dc:Title",
              "-XMP-photoshop:City",
              name);
      assertThat(found.lines())
          .as(name)
          .containsExactly("Zoë", "Lens 50mm", "52.5", "a title", "Berlin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic", "avif"})
  void privateDataIsGone(String format) throws IOException {
    StillMetadata stripped = StillMetadata.read(source(format)).withoutPrivate();
    byte[] jpeg = stripped.write(Pictures.encoded("r.jpg", 48, 48)).still();
    assertThat(Pictures.contains(jpeg, "Berlin")).isFalse();
    assertThat(Pictures.contains(jpeg, "Lens 50mm")).isTrue();
  }

  /** Apple's name of an auxiliary picture, in a file of nothing else. */
  @Test
  void aGainMapIsNamed() {
    byte[] property = box("auxC", "\0\0\0\0urn:com:apple:photo:2020:aux:hdrgainmap\0");
    byte[] properties = box("iprp", latin(box("ipco", latin(property))));
    byte[] meta = box("meta", "\0\0\0\0" + latin(box("iinf", "\0".repeat(6))) + latin(properties));
    byte[] file = ByteView.joined(box("ftyp", "heic\0\0\0\0"), meta);
    assertThat(StillMetadata.read(file).losses())
        .containsExactly("its gain map, depth map or motion was left out");
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] box(String type, String content) {
    int length = 8 + content.length();
    String head = "\0\0" + (char) (length >> 8) + (char) (length & 255) + type;
    return (head + content).getBytes(ISO_8859_1);
  }
}
