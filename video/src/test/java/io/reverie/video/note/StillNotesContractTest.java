package io.reverie.video.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.still.Stills;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for notes in every format of a still. */
class StillNotesContractTest {

  private static byte[] still(String name) {
    Frame frame = new Frame(8, 8, new float[8 * 8 * 3], Optional.empty(), 0, false);
    return Stills.encode(frame, name, 8, 90);
  }

  private static Note note(int letters) {
    return new Note("Reverie", "{\"reverie\":1,\"a\":\"" + "x".repeat(letters) + "\"}");
  }

  /** Chunks and packets have even lengths in some formats. */
  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void notesOfAnyLengthAreReadBackExactly(String name) {
    for (int letters = 0; letters < 9; letters++) {
      byte[] noted = StillNotes.put(still(name), note(letters)).orElseThrow();
      assertThat(StillNotes.read(noted)).contains(note(letters).text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void aNoteIsStoredWholeOrNotAtAll(String name) {
    for (int letters : new int[] {30_000, 65_000, 70_000, 300_000}) {
      Optional<byte[]> noted = StillNotes.put(still(name), note(letters));
      assertThat(noted.flatMap(StillNotes::read)).isEqualTo(noted.map(s -> note(letters).text()));
      assertThat(noted.isPresent() || letters > 60_000).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void aNoteReplacesTheOneBefore(String name) {
    byte[] once = StillNotes.put(still(name), note(40)).orElseThrow();
    byte[] twice = StillNotes.put(once, note(3)).orElseThrow();
    assertThat(StillNotes.read(twice)).contains(note(3).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void theArrayOfTheStillIsNotChanged(String name) {
    byte[] still = still(name);
    StillNotes.put(still, note(5));
    assertThat(still).isEqualTo(still(name));
    assertThat(StillNotes.read(still)).isEmpty();
  }

  /** RIFF pads chunks to even lengths, and its header has the length of the rest. */
  @Test
  void aWebpFileKeepsTheRulesOfRiff() {
    for (int letters = 0; letters < 2; letters++) {
      byte[] noted = StillNotes.put(still("a.webp"), note(letters)).orElseThrow();
      assertThat(noted.length % 2).isZero();
      assertThat(ByteBuffer.wrap(noted).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
          .isEqualTo(noted.length - 8);
    }
  }

  /** As an image job does: the source's data without its note, then the new note. */
  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void aDreamOfADreamHasOneNote(String from) {
    byte[] first = StillNotes.put(still(from), note(40)).orElseThrow();
    for (String to : new String[] {"a.png", "a.jpg", "a.webp", "a.tif"}) {
      byte[] dream = StillNotes.without(StillMetadata.read(first)).write(still(to)).still();
      byte[] second = StillNotes.put(dream, note(3)).orElseThrow();
      assertThat(StillNotes.read(second)).as(to).contains(note(3).text());
      String bytes = new String(second, StandardCharsets.ISO_8859_1);
      assertThat(bytes.split("\\{\"reverie\"", -1)).as(to).hasSize(2);
      assertThat(bytes).as(to).doesNotContain("x".repeat(4));
    }
  }
}
