package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A small file of Reverie's own in a folder that others may write to as well, so that what is in it
 * may be anything.
 */
public final class SmallFile {

  private SmallFile() {}

  /** Its bytes; empty if it has more than such a file can have. */
  public static Optional<byte[]> read(Location file, int most) throws IOException {
    try (InputStream in = Storage.of(file).read(file)) {
      return read(in, most);
    }
  }

  static Optional<byte[]> read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    return bytes.length > most ? Optional.empty() : Optional.of(bytes);
  }
}
