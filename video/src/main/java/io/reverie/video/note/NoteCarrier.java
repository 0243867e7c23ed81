package io.reverie.video.note;

import java.util.Optional;

/** Stores notes in one still format. */
sealed interface NoteCarrier permits PngCarrier, JpegCarrier, WebpCarrier, TiffCarrier {

  /** Returns whether a file has this format, judged by its first bytes. */
  boolean matches(byte[] still);

  /**
   * Returns the file with a note and the same pixels; empty if the note does not fit.
   *
   * @param still without a note; not changed
   */
  Optional<byte[]> put(byte[] still, Note note);

  /** Returns a text that may be a note; may throw any exception if the file is damaged. */
  Optional<String> text(byte[] still);
}
