package io.reverie.jobs.storage.media;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
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

  /**
   * Returns the same media, of which a small remote file is read as a whole at the first opening
   * and kept in memory: one request, however often it is opened. Not thread-safe.
   */
  public MediaSource loaded() {
    return entry.location().isLocal() || entry.length() > LoadedMedia.MAX_BYTES
        ? this
        : new LoadedMedia(this);
  }

  @Override
  public String name() {
    return entry.location().text();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    Location file = entry.location();
    Storage storage = Storage.of(file);
    if (storage.checksVersions()) {
      return storage.open(entry);
    }
    requireUnchanged(storage);
    return storage.open(entry);
  }

  void requireUnchanged(Storage storage) throws IOException {
    FileEntry now =
        storage
            .find(entry.location())
            .orElseThrow(() -> new FileNotFoundException("it no longer exists"));
    if (!now.identity().equals(entry.identity())) {
      throw new IOException("it has changed since this run began; rerun");
    }
  }
}
