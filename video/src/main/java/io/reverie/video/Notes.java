package io.reverie.video;

import io.reverie.video.note.StillNotes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Reads what files tell of how they were made. */
public final class Notes {

  /** In bytes. A still that is larger is not read to the end for a note. */
  private static final long LARGEST_STILL = 1L << 30;

  private Notes() {}

  /**
   * The text of the note in a still or a video.
   *
   * @throws MediaException if the file cannot be read
   */
  public static Optional<String> read(MediaSource source) {
    if (!Stills.supports(source.name())) {
      return VideoTags.read(source);
    }
    try (SeekableByteChannel channel = source.open();
        InputStream in = Channels.newInputStream(channel)) {
      if (channel.size() > LARGEST_STILL) {
        throw new MediaException(
            "%s has %d bytes, more than the %d of the largest still whose note is read"
                .formatted(source.name(), channel.size(), LARGEST_STILL));
      }
      return StillNotes.read(in.readAllBytes());
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(source.name(), e.getMessage()), e);
    }
  }
}
