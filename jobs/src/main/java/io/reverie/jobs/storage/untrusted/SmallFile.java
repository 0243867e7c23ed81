package io.reverie.jobs.storage.untrusted;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a small file as a whole, but no more than Reverie would have written. */
public final class SmallFile {

  private SmallFile() {}

  /** Returns the content; empty if it exceeds the limit, so Reverie did not write it. */
  public static Optional<byte[]> read(Location file, int maxBytes) throws IOException {
    try (InputStream in = Storage.of(file).read(file)) {
      return read(in, maxBytes);
    }
  }

  /** Returns what is left of a stream; empty if it exceeds the limit. */
  public static Optional<byte[]> read(InputStream in, int maxBytes) throws IOException {
    byte[] bytes = in.readNBytes(maxBytes + 1);
    return bytes.length > maxBytes ? Optional.empty() : Optional.of(bytes);
  }
}
