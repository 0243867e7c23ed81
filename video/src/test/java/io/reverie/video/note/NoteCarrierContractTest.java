package io.reverie.video.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Still;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every carrier of notes, on stills of its format. */
class NoteCarrierContractTest {

  private static final String TEXT = "{\"reverie\":1,\"a\":\"<&> \\\"x\\\" ]]>\"}";
  private static final Note NOTE = new Note("Reverie 1 <&>", TEXT);

  @TempDir private Path folder;

  /** The implementations. */
  enum Kind {
    PNG("a.png"),
    JPEG("a.jpg"),
    WEBP("a.webp"),
    TIFF("a.tif");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    NoteCarrier carrier() {
      return switch (this) {
        case PNG -> new PngCarrier();
        case JPEG -> new JpegCarrier();
        case WEBP -> new WebpCarrier();
        case TIFF -> new TiffCarrier();
      };
    }

    byte[] still() {
      return Stills.encode(picture(8, 8, false), name, 8, 90);
    }
  }

  private static Frame picture(int width, int height, boolean alpha) {
    float[] rgb = new float[width * height * 3];
    float[] opacity = new float[width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (i * 7) % 256;
      opacity[i / 3] = 255 - i % 200;
    }
    return new Frame(width, height, rgb, alpha ? Optional.of(opacity) : Optional.empty(), 0, false);
  }

  @Test
  void everyCarrierIsCovered() {
    assertThat(Stream.of(Kind.values()).<Class<?>>map(kind -> kind.carrier().getClass()))
        .containsExactlyInAnyOrder(NoteCarrier.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void aCarrierMatchesOnlyItsOwnFormat(Kind kind) {
    assertThat(Stream.of(Kind.values()).filter(k -> kind.carrier().matches(k.still())))
        .containsExactly(kind);
    assertThat(kind.carrier().matches(new byte[0])).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aStillWithoutNoteHasNone(Kind kind) {
    assertThat(kind.carrier().text(kind.still()).filter(Note::isNote)).isEmpty();
  }

  /** Chunks and packets have even lengths in some formats. */
  @ParameterizedTest
  @EnumSource
  void notesOfAnyLengthAreReadBackExactly(Kind kind) {
    for (int length = 0; length < 9; length++) {
      Note note = new Note("Reverie", "{\"reverie\":1,\"a\":\"" + "x".repeat(length) + "\"}");
      byte[] noted = kind.carrier().put(kind.still(), note).orElseThrow();
      assertThat(kind.carrier().text(noted)).contains(note.text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNoteIsStoredWholeOrNotAtAll(Kind kind) {
    for (int length : new int[] {30_000, 65_000, 70_000, 300_000}) {
      Note note = new Note("Reverie", "{\"reverie\":1,\"a\":\"" + "x".repeat(length) + "\"}");
      Optional<byte[]> noted = kind.carrier().put(kind.still(), note);
      assertThat(noted.flatMap(kind.carrier()::text)).isEqualTo(noted.map(still -> note.text()));
      assertThat(noted.isPresent() || length > 60_000).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theArrayOfTheStillIsNotChanged(Kind kind) {
    byte[] still = kind.still();
    kind.carrier().put(still, NOTE);
    assertThat(still).isEqualTo(kind.still());
  }

  @ParameterizedTest
  @CsvSource({
    "PNG, a.png, 8, true",
    "PNG, a.png, 16, false",
    "JPEG, a.jpg, 8, false",
    "WEBP, a.webp, 8, false",
    "WEBP, a.webp, 8, true",
    "TIFF, a.tif, 8, true",
    "TIFF, a.tiff, 16, false"
  })
  void thePixelsAreNotChanged(Kind kind, String name, int depth, boolean alpha) throws IOException {
    byte[] plain = Stills.encode(picture(33, 17, alpha), name, depth, 90);
    Path before = Files.write(folder.resolve("before-" + name), plain);
    Path after = Files.write(folder.resolve(name), kind.carrier().put(plain, NOTE).orElseThrow());

    assertThat(NoteReader.read(MediaSource.of(before))).isEmpty();
    assertThat(NoteReader.read(MediaSource.of(after))).contains(TEXT);
    Still a = Stills.read(MediaSource.of(before));
    Still b = Stills.read(MediaSource.of(after));
    assertThat(b.bitDepth()).isEqualTo(a.bitDepth());
    assertThat(b.frame().rgb()).isEqualTo(a.frame().rgb());
    assertThat(b.frame().alpha().map(Arrays::hashCode))
        .isEqualTo(a.frame().alpha().map(Arrays::hashCode));
  }

  /** Truncates the file at every length and flips every byte. */
  @ParameterizedTest
  @EnumSource
  void damagedFilesHaveNoNoteAndThrowNothing(Kind kind) {
    byte[] noted = kind.carrier().put(kind.still(), NOTE).orElseThrow();
    for (int length = 0; length < noted.length; length++) {
      StillNotes.read(Arrays.copyOf(noted, length));
      byte[] wrong = noted.clone();
      wrong[length] ^= (byte) 0xFF;
      StillNotes.read(wrong);
    }
    assertThat(StillNotes.read(Arrays.copyOf(noted, 20))).isEmpty();
  }
}
