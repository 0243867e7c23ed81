package io.reverie.video.note;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.NoteTags;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Reads what files tell of how they were made. */
public final class NoteReader {

  private NoteReader() {}

  /**
   * The text of the note in a still or a video.
   *
   * @throws MediaException if the file cannot be read
   */
  public static Optional<String> read(MediaSource source) {
    if (!Stills.supports(source.name())) {
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
