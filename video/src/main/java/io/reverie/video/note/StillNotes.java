package io.reverie.video.note;

import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Optional;

/** Stores notes in stills: a text chunk in PNG, an XMP packet in JPEG, WebP and TIFF. */
public final class StillNotes {

  private static final List<NoteCarrier> CARRIERS =
      List.of(new PngCarrier(), new JpegCarrier(), new WebpCarrier(), new TiffCarrier());

  private StillNotes() {}

  /**
   * Adds a note to an encoded still without changing other data.
   *
   * @return empty if the note does not fit; a JPEG holds at most 64 KB
   */
  public static Optional<byte[]> put(byte[] still, Note note) {
    return CARRIERS.stream()
        .filter(carrier -> carrier.matches(still))
        .findFirst()
        .flatMap(carrier -> carrier.put(still, note));
  }

  /** Returns the text of a still's note; empty if there is none or the file is damaged. */
  public static Optional<String> read(byte[] still) {
    try {
      return CARRIERS.stream()
          .filter(carrier -> carrier.matches(still))
          .findFirst()
          .flatMap(carrier -> carrier.text(still))
          .filter(Note::isNote);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      // A length field points outside the file.
      return Optional.empty();
    }
  }
}
