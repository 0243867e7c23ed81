package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AnimationBytes;
import io.reverie.video.AnimationBytes.GifFrame;
import io.reverie.video.MediaSource;
import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The contract of every format whose metadata is read, and of those that are written. */
class MetadataSourceContractTest {

  private static final String XMP =
      """
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
        xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image"/></rdf:RDF></x:xmpmeta>""";

  @TempDir private Path folder;

  /** The formats, with a small file of each. */
  enum Kind {
    PNG(new PngContainer()),
    JPEG(new JpegContainer()),
    WEBP(new WebpContainer()),
    TIFF(new TiffContainer()),
    GIF(new GifComments()),
    HEIF(new HeifItems());

    @SuppressWarnings("ImmutableEnumChecker") // a record without components
    private final MetadataSource source;

    Kind(MetadataSource source) {
      this.source = source;
    }

    private String fileName() {
      return switch (this) {
        case JPEG -> "a.jpg";
        case TIFF -> "a.tif";
        default -> "a." + name().toLowerCase(java.util.Locale.ROOT);
      };
    }

    byte[] file() throws IOException {
      return switch (this) {
        case GIF -> AnimationBytes.gif(8, 6, List.of(new GifFrame(0, 0, 8, 6, 10, 1, false)), -1);
        case HEIF -> "\0\0\0\24ftypheic\0\0\0\0heic\0\0\0\10meta".getBytes(ISO_8859_1);
        default -> Pictures.encoded(fileName(), 8, 6);
      };
    }

    StillContainer container() {
      return (StillContainer) source;
    }
  }

  private static StillMetadata metadata() {
    return new StillMetadata(
        Optional.empty(),
        Optional.of(ExifSample.stream(ByteOrder.BIG_ENDIAN)),
        Optional.of(XMP.getBytes(UTF_8)),
        Optional.empty(),
        List.of(),
        Optional.of(new Resolution(254, 127, true)),
        List.of());
  }

  @Test
  void everyFormatIsCovered() {
    assertThat(Stream.of(Kind.values()).map(kind -> kind.source.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(records(MetadataSource.class).toList());
  }

  private static Stream<String> records(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(each -> each.isSealed() ? records(each) : Stream.of(each.getName()));
  }

  @ParameterizedTest
  @EnumSource
  void aFileMatchesItsOwnFormatOnly(Kind kind) throws IOException {
    ByteView file = ByteView.of(kind.file());
    for (Kind other : Kind.values()) {
      assertThat(other.source.matches(file)).as(other.name()).isEqualTo(other == kind);
    }
    assertThat(kind.source.matches(ByteView.of(new byte[0]))).isFalse();
  }

  /** A reader may throw what ByteView throws, and nothing else. */
  @ParameterizedTest
  @EnumSource
  void aFileThatEndsEarlyIsReadAsFarAsItReaches(Kind kind) throws IOException {
    byte[] whole = kind.file();
    byte[] file = kind.source instanceof StillContainer ? metadata().write(whole).still() : whole;
    for (int length = 0; length < file.length; length++) {
      MetadataBuilder found = new MetadataBuilder();
      try {
        kind.source.read(ByteView.of(Arrays.copyOf(file, length)), found);
      } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
        assertThat(e).as("%d bytes", length).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"GIF", "HEIF"})
  void whatIsWrittenIsReadBack(Kind kind) throws IOException {
    byte[] still = metadata().write(kind.file()).still();
    StillMetadata read = StillMetadata.read(still);
    assertThat(read.losses()).isEmpty();
    assertThat(new String(read.exif().orElseThrow(), ISO_8859_1)).contains("MAKER-SERIAL");
    assertThat(new String(read.xmp().orElseThrow(), UTF_8)).contains("dc:format");
    assertThat(read.icc()).isEmpty();
    assertThat(read.resolution().isPresent()).isEqualTo(kind.container().hasDensity());
    // The EXIF data says that the source lies on its side.
    read.resolution().ifPresent(d -> assertThat(d).isEqualTo(new Resolution(127, 254, true)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"GIF", "HEIF"})
  void thePixelsAndTheArrayGivenStayAsTheyAre(Kind kind) throws IOException {
    byte[] still = kind.file();
    byte[] written = metadata().write(still).still();
    assertThat(still).isEqualTo(kind.file());
    assertThat(rgb(kind, written)).isEqualTo(rgb(kind, still));
  }

  private float[] rgb(Kind kind, byte[] still) throws IOException {
    Path file = Files.write(folder.resolve(kind.fileName()), still);
    return Stills.read(MediaSource.of(file)).frame().rgb();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"GIF", "HEIF"})
  void writingTheSameTwiceIsWritingItOnce(Kind kind) throws IOException {
    byte[] once = metadata().write(kind.file()).still();
    StillMetadata read = StillMetadata.read(once);
    StillMetadata again = StillMetadata.read(metadata().write(once).still());
    assertThat(again.exif().orElseThrow()).hasSameSizeAs(read.exif().orElseThrow());
    assertThat(again.xmp().orElseThrow()).isEqualTo(read.xmp().orElseThrow());
    assertThat(again.texts()).isEqualTo(read.texts());
    assertThat(again.losses()).isEqualTo(read.losses());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"GIF", "HEIF"})
  void theFileOfAnEncoderSaysItsSize(Kind kind) throws IOException {
    assertThat(kind.container().pixels(ByteView.of(kind.file())))
        .isEqualTo(new StillContainer.Pixels(8, 6, false));
  }
}
