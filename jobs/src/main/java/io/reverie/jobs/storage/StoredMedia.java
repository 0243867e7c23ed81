package io.reverie.jobs.storage;

import io.reverie.video.MediaSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;

/**
 * A media file as it was listed. A file that has changed since is refused, since parts of the old
 * and the new content would be mixed.
 */
public record StoredMedia(FileEntry entry) implements MediaSource, Serializable {

  /** Looks up an existing file. */
  public static StoredMedia of(Location file) throws IOException {
    return new StoredMedia(
        Storage.of(file)
            .find(file)
            .orElseThrow(() -> new FileNotFoundException("there is no file " + file)));
  }

  @Override
  public String name() {
    return entry.location().text();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    Location file = entry.location();
    Storage storage = Storage.of(file);
    FileEntry now =
        storage.find(file).orElseThrow(() -> new FileNotFoundException("it no longer exists"));
    if (!now.identity().equals(entry.identity())) {
      throw new IOException("it has changed since this run began; rerun");
    }
    return storage.open(file);
  }
}
