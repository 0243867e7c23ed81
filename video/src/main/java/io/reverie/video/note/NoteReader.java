package io.reverie.video.note;

import io.reverie.video.FileExtension;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.NoteTags;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Reads the notes in stills and videos. */
public final class NoteReader {

  private NoteReader() {}

  /** An animated PNG or WebP holds its note like a still. */
  private static boolean isPicture(String name) {
    return Stills.writes(name) || FileExtension.of(name).equals("apng");
  }

  /**
   * Returns the text of a file's note.
   *
   * @throws MediaException if the file cannot be read
   */
  public static Optional<String> read(MediaSource source) {
    if (!isPicture(source.name())) {
      return NoteTags.read(source, Note::isNote);
    }
    try (SeekableByteChannel channel = source.open();
        InputStream in = Channels.newInputStream(channel)) {
      Stills.requireLength(channel.size(), source);
      return StillNotes.read(in.readAllBytes());
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(source.name(), e.getMessage()), e);
    }
  }
}
