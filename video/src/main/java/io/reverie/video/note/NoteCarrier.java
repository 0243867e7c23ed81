package io.reverie.video.note;

import java.util.Optional;

/** Where a format of stills keeps texts. */
sealed interface NoteCarrier permits PngCarrier, JpegCarrier, WebpCarrier, TiffCarrier {

  /** Whether a file is of this format, as its first bytes say. */
  boolean matches(byte[] still);

  /** The file with a note; empty if the format has no room for it. */
  Optional<byte[]> put(byte[] still, Note note);

  /** A text that may be a note's; of a damaged file any exception. */
  Optional<String> text(byte[] still);
}
