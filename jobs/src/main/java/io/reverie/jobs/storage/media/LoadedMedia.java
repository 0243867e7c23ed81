package io.reverie.jobs.storage.media;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** A small remote file, read as a whole at its first opening. */
final class LoadedMedia implements MediaSource {

  /** Larger files are read in ranges, as far as they are needed. */
  static final long MAX_BYTES = 16 << 20;

  private final StoredMedia media;
  private Optional<byte[]> content = Optional.empty();

  LoadedMedia(StoredMedia media) {
    this.media = media;
  }

  @Override
  public String name() {
    return media.name();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    if (content.isEmpty()) {
      content = Optional.of(load());
    }
    return MediaSource.of(name(), content.get()).open();
  }

  private byte[] load() throws IOException {
    FileEntry entry = media.entry();
    Storage storage = Storage.of(entry.location());
    if (!storage.checksVersions()) {
      media.requireUnchanged(storage);
    }
    try (InputStream in = storage.read(entry)) {
      // The file may have grown since it was listed.
      byte[] bytes = in.readNBytes((int) entry.length());
      if (bytes.length != entry.length() || in.read() >= 0) {
        throw new IOException("it has changed since this run began; rerun");
      }
      return bytes;
    }
  }
}
