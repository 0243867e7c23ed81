package io.reverie.video.note;

import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Optional;

/** Notes in stills: a text chunk of PNG, an XMP packet in JPEG, WebP and TIFF. */
public final class StillNotes {

  private static final List<NoteCarrier> CARRIERS =
      List.of(new PngCarrier(), new JpegCarrier(), new WebpCarrier(), new TiffCarrier());

  private StillNotes() {}

  /**
   * Adds a note to an encoded still, whose pixels and other data stay as they are.
   *
   * @return empty if it has no room, as a JPEG has not for more than 64 KB
   */
  public static Optional<byte[]> put(byte[] still, Note note) {
    return CARRIERS.stream()
        .filter(carrier -> carrier.matches(still))
        .findFirst()
        .flatMap(carrier -> carrier.put(still, note));
  }

  /** The text of the note in a still; empty if there is none, or if the file is damaged. */
  public static Optional<String> read(byte[] still) {
    try {
      return CARRIERS.stream()
          .filter(carrier -> carrier.matches(still))
          .findFirst()
          .flatMap(carrier -> carrier.text(still))
          .filter(Note::isNote);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      // A size in it leads out of it.
      return Optional.empty();
    }
  }
}
