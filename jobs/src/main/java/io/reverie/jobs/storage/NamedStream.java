package io.reverie.jobs.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose failures name the file. */
final class NamedStream extends FilterInputStream {

  private final Location file;

  NamedStream(Location file, InputStream in) {
    super(in);
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw StorageException.of(file, e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      throw StorageException.of(file, e);
    }
  }
}
