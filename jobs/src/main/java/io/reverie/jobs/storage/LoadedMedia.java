package io.reverie.jobs.storage;

import io.reverie.video.MediaSource;
import io.reverie.video.ReadOnlyChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
    return new Content(content.get());
  }

  private byte[] load() throws IOException {
    FileEntry entry = media.entry();
    Storage storage = Storage.of(entry.location());
    if (!storage.checksVersions()) {
      media.requireUnchanged(storage);
    }
    try (InputStream in = storage.read(entry)) {
      return in.readAllBytes();
    }
  }

  private static final class Content extends ReadOnlyChannel {

    private final byte[] bytes;
    private boolean open = true;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected int read(ByteBuffer into, long at) {
      int count = Math.min(into.remaining(), bytes.length - (int) at);
      into.put(bytes, (int) at, count);
      return count;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
