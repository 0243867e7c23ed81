package io.reverie.video.note;

import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.metadata.TextItem;
import java.util.List;
import java.util.Optional;

/** Stores notes in stills: a text chunk in PNG, a property of XMP in JPEG, WebP and TIFF. */
public final class StillNotes {

  private static final String KEYWORD = "reverie";
  private static final String PROGRAM = "Software";

  private StillNotes() {}

  /**
   * Adds a note to an encoded still, instead of one that it may have, without changing other data.
   *
   * @return empty if the note does not fit
   */
  public static Optional<byte[]> put(byte[] still, Note note) {
    Optional<byte[]> packet = StillMetadata.read(still).xmp();
    StillMetadata added =
        StillMetadata.holdsTexts(still)
            ? StillMetadata.NONE
                .withXmp(packet.map(Xmp::without))
                .withTexts(
                    List.of(
                        new TextItem(PROGRAM, note.program()), new TextItem(KEYWORD, note.text())))
            : StillMetadata.NONE.withXmp(
                packet.map(xmp -> Xmp.merged(xmp, note)).or(() -> Optional.of(Xmp.packet(note))));
    StillMetadata.Written written = added.write(still);
    return written.losses().isEmpty() ? Optional.of(written.still()) : Optional.empty();
  }

  /** Returns the text of a still's note; empty if there is none or the file is damaged. */
  public static Optional<String> read(byte[] still) {
    StillMetadata metadata = StillMetadata.read(still);
    return metadata.texts().stream()
        .filter(text -> text.keyword().equals(KEYWORD))
        .findFirst()
        .map(TextItem::text)
        .or(() -> metadata.xmp().flatMap(Xmp::text))
        .filter(Note::isNote);
  }

  /** Returns a source's data without the note of an earlier dream, for its own dream. */
  public static StillMetadata without(StillMetadata source) {
    boolean noted = source.texts().stream().anyMatch(text -> text.keyword().equals(KEYWORD));
    return source
        .withXmp(source.xmp().map(Xmp::without))
        .withTexts(
            source.texts().stream()
                .filter(text -> !text.keyword().equals(KEYWORD))
                .filter(text -> !noted || !text.keyword().equals(PROGRAM))
                .toList());
  }
}
