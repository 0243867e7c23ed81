package io.reverie.jobs.storage;

import io.reverie.video.MediaSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.SeekableByteChannel;

/**
 * A media file as it was listed. One that has changed since is not read: half of it would be the
 * old one, half the new.
 */
public record StoredMedia(Entry entry) implements MediaSource, Serializable {

  /** A file that is there now. */
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
    Entry now =
        storage.find(file).orElseThrow(() -> new FileNotFoundException("it is no longer there"));
    if (!now.identity().equals(entry.identity())) {
      throw new IOException("it has changed since this run began; run again");
    }
    return storage.open(file);
  }
}
