package io.reverie.video.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.metadata.StillMetadata.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/formats.md: exiftool makes each source and reads each result. */
class FormatTableTest {

  private static final List<String> FORMATS = List.of("jpg", "png", "webp", "tif");

  /** What every format keeps, as exiftool names and prints it. */
  private static final List<String> KEPT =
      List.of(
          "EXIF:Artist=Zoë",
          "EXIF:Copyright=(c) Zoë",
          "EXIF:ImageDescription=a still",
          "EXIF:Make=Maker",
          "EXIF:Model=Model 1",
          "EXIF:ModifyDate=2024:05:06 07:08:09",
          "EXIF:DateTimeOriginal=2024:05:06 07:08:09",
          "EXIF:LensModel=Lens 50mm",
          "EXIF:FNumber=2.8",
          "EXIF:SerialNumber=SN12345678",
          "EXIF:GPSLatitude=52.5",
          "EXIF:GPSLatitudeRef=N",
          "EXIF:GPSLongitude=13.25",
          "EXIF:UserComment=a comment",
          "EXIF:XResolution=300",
          "XMP-dc:Title=a title",
          "XMP-dc:Subject=one",
          "XMP-exif:GPSLatitude=52.5",
          "XMP-aux:SerialNumber=SN12345678",
          "XMP-photoshop:City=Berlin");

  private static final List<String> PRIVATE =
      List.of("GPSLatitude", "GPSLongitude", "SerialNumber", "City", "ImageUniqueID");

  @TempDir private Path folder;

  static Stream<Arguments> pairs() {
    return FORMATS.stream().flatMap(in -> FORMATS.stream().map(out -> Arguments.of(in, out)));
  }

  /** A still on its side with everything that exiftool can write into its format. */
  private byte[] source(String format) throws IOException {
    String name = "source." + format;
    Files.write(folder.resolve(name), Pictures.encoded(name, 40, 24));
    List<String> arguments =
        Stream.concat(
                Stream.of("-n", "-overwrite_original", "-EXIF:Orientation=6"),
                KEPT.stream().map(each -> "-" + each))
            .toList();
    Exiftool.text(
        folder,
        Stream.concat(
                arguments.stream(),
                Stream.of(
                    "-EXIF:YResolution=150",
                    "-EXIF:ResolutionUnit=2",
                    "-EXIF:ImageUniqueID=0123456789abcdef0123456789abcdef",
                    "-ExifIFD:ExifImageWidth=40",
                    "-ExifIFD:ExifImageHeight=24",
                    "-XMP-tiff:Orientation=6",
                    name))
            .toArray(String[]::new));
    if (!format.equals("webp")) {
      Exiftool.text(
          folder,
          "-overwrite_original",
          "-IPTC:Keywords=one",
          "-IPTC:City=Berlin",
          "-IPTC:By-line=Zoe",
          name);
    }
    return Files.readAllBytes(folder.resolve(name));
  }

  private String written(StillMetadata metadata, String format) throws IOException {
    String name = "result." + format;
    // Upright, at twice the size.
    Written written = metadata.write(Pictures.encoded(name, 48, 80));
    Files.write(folder.resolve(name), written.still());
    return name;
  }

  private String tag(String file, String tag) throws IOException {
    return Exiftool.text(folder, "-n", "-s3", "-" + tag, file);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everythingIsCarriedAndDescribesTheNewPicture(String in, String out) throws IOException {
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    StillMetadata read = StillMetadata.read(source(in));
    assertThat(read.losses()).isEmpty();
    String result = written(read, out);
    for (String each : KEPT) {
      String[] pair = each.split("=", 2);
      // The picture was turned, so its columns were rows.
      String value = pair[0].equals("EXIF:XResolution") ? "150" : pair[1];
      assertThat(tag(result, pair[0])).as(each).isEqualTo(value);
    }
    assertThat(tag(result, "EXIF:YResolution")).isEqualTo("300");
    assertThat(tag(result, "EXIF:Orientation")).isIn("1", "");
    assertThat(tag(result, "XMP-tiff:Orientation")).isEqualTo("1");
    assertThat(tag(result, "ExifIFD:ExifImageWidth")).isEqualTo("48");
    assertThat(tag(result, "ExifIFD:ExifImageHeight")).isEqualTo("80");
    assertThat(tag(result, "Warning")).isEmpty();
    if (!in.equals("webp") && !out.equals("webp")) {
      assertThat(tag(result, "IPTC:Keywords")).isEqualTo("one");
      assertThat(tag(result, "IPTC:By-line")).isEqualTo("Zoe");
    }
    assertThat(Exiftool.text(folder, "-validate", "-s3", result)).doesNotContain("Error");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void privateDataIsGoneFromTheBytes(String in, String out) throws IOException {
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    StillMetadata read = StillMetadata.read(source(in)).withoutPrivate();
    assertThat(read.losses()).isEmpty();
    String result = written(read, out);
    for (String each : PRIVATE) {
      assertThat(Exiftool.text(folder, "-a", "-G1", "-s", "-" + each, "-GPS:all", result))
          .as(each)
          .isEmpty();
    }
    byte[] bytes = Files.readAllBytes(folder.resolve(result));
    for (String secret : List.of("SN12345678", "Berlin", "0123456789abcdef", "GPS")) {
      assertThat(Pictures.contains(bytes, secret)).as(secret).isFalse();
    }
    // 52 degrees as a rational, in either byte order.
    assertThat(Pictures.contains(bytes, "\0\0\0\64\0\0\0\1")).isFalse();
    assertThat(Pictures.contains(bytes, "\64\0\0\0\1\0\0\0")).isFalse();
    assertThat(tag(result, "EXIF:Artist")).isEqualTo("Zoë");
    assertThat(tag(result, "EXIF:LensModel")).isEqualTo("Lens 50mm");
  }

  @Test
  void anIptcRecordHasNoPlaceInWebp() throws IOException {
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    StillMetadata read = StillMetadata.read(source("jpg"));
    assertThat(read.write(Pictures.encoded("a.webp", 8, 8)).losses())
        .containsExactly("its IPTC record was left out, because the format cannot store it");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aThumbnailIsRemoved(String in, String out) throws IOException {
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    source("jpg");
    Files.write(folder.resolve("thumbnail.jpg"), Pictures.encoded("a.jpg", 16, 16));
    Exiftool.text(folder, "-overwrite_original", "-ThumbnailImage<=thumbnail.jpg", "source.jpg");
    byte[] jpeg = Files.readAllBytes(folder.resolve("source.jpg"));
    assertThat(Exiftool.bytes(folder, "-b", "-ThumbnailImage", "source.jpg")).isNotEmpty();
    StillMetadata read = StillMetadata.read(jpeg);
    int before = read.exif().orElseThrow().length;
    String result = written(read, out);
    assertThat(Exiftool.bytes(folder, "-b", "-ThumbnailImage", result)).isEmpty();
    byte[] exif =
        StillMetadata.read(Files.readAllBytes(folder.resolve(result))).exif().orElseThrow();
    assertThat(exif.length).isLessThan(before - 300);
    assertThat(Pictures.contains(exif, "\u00ff\u00d8\u00ff")).isFalse();
  }

  @Test
  void textsOfAPngBecomePropertiesOfXmp() throws IOException {
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    StillMetadata texts =
        StillMetadata.NONE.withTexts(
            List.of(
                new TextItem("Title", "Ein Bär"),
                new TextItem("Author", "\u6f22\u5b57 \ud83d\ude00"),
                new TextItem("Creation Time", "yesterday"),
                new TextItem("Comment", "a <comment> & more"),
                new TextItem("parameters", "steps: 20\nseed: 1")));
    byte[] png = texts.write(Pictures.encoded("a.png", 8, 8)).still();
    Files.write(folder.resolve("texts.png"), png);
    assertThat(tag("texts.png", "PNG:Title")).isEqualTo("Ein Bär");
    assertThat(tag("texts.png", "PNG:Author")).isEqualTo("\u6f22\u5b57 \ud83d\ude00");
    StillMetadata read = StillMetadata.read(png);
    assertThat(read.texts()).isEqualTo(texts.texts());
    for (String format : FORMATS) {
      String result = written(read, format);
      assertThat(tag(result, "Title")).as(format).isEqualTo("Ein Bär");
      assertThat(tag(result, "Comment")).as(format).isEqualTo("a <comment> & more");
      if (!format.equals("png")) {
        assertThat(tag(result, "XMP-dc:Creator")).isEqualTo("\u6f22\u5b57 \ud83d\ude00");
        assertThat(tag(result, "XMP:CreationTime")).isEqualTo("yesterday");
        assertThat(Exiftool.text(folder, "-b", "-XMP:Parameters", result)).contains("seed: 1");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aDensityIsKeptInTheContainerToo(String in, String out) throws IOException {
    StillMetadata dense =
        new StillMetadata(
            StillMetadata.NONE.icc(),
            StillMetadata.NONE.exif(),
            StillMetadata.NONE.xmp(),
            StillMetadata.NONE.iptc(),
            List.of(),
            Optional.of(new Resolution(254, 127, true)),
            List.of());
    byte[] source = dense.write(Pictures.encoded("a." + in, 8, 8)).still();
    StillMetadata read = StillMetadata.read(source);
    assertThat(read.resolution().orElseThrow().x()).isEqualTo(254);
    String result = written(read, out);
    Resolution kept =
        StillMetadata.read(Files.readAllBytes(folder.resolve(result))).resolution().orElseThrow();
    assertThat(kept).isEqualTo(new Resolution(254, 127, true));
    if (Exiftool.isInstalled()) {
      String name = out.equals("png") ? "PixelsPerUnitX" : "XResolution";
      assertThat(tag(result, name)).isEqualTo(out.equals("png") ? "10000" : "254");
    }
  }

  @Test
  void alphaInATiffIsNamedAsSuch() throws IOException {
    assumeTrue(Exiftool.isInstalled(), "exiftool is not installed");
    byte[] plain = Pictures.withAlpha("a.tif", 8, 8);
    Files.write(folder.resolve("a.tif"), StillMetadata.NONE.write(plain).still());
    assertThat(tag("a.tif", "ExtraSamples")).isEqualTo("2");
  }
}
