package io.reverie.core.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Random access to the bytes of a weights file, without caching. */
sealed interface Source {

  /** Returns the name for error messages. */
  String name();

  long size();

  /**
   * Fills a buffer.
   *
   * @throws EOFException if fewer bytes follow the position
   */
  void read(long position, ByteBuffer into) throws IOException;

  /** Reads bytes into a little-endian buffer. */
  default ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    read(position, buffer);
    return buffer.flip();
  }

  /**
   * A file that is opened for each read, because tensors are read long after the header and are
   * never closed. Not memory-mapped, because truncating a mapped file crashes the JVM.
   */
  record OfFile(Path path, long size) implements Source {

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      try (FileChannel channel = FileChannel.open(path)) {
        for (long at = position; into.hasRemaining(); ) {
          int read = channel.read(into, at);
          if (read < 0) {
            throw new EOFException("it is truncated");
          }
          at += read;
        }
      }
    }
  }

  /** Bytes in memory. */
  record OfBytes(String name, ByteBuffer bytes) implements Source {

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      if (position < 0 || position > bytes.limit() - into.remaining()) {
        throw new EOFException("it is truncated");
      }
      into.put(bytes.slice((int) position, into.remaining()));
    }
  }

  /** A part of another source, such as an entry of a zip. */
  record Part(Region region) implements Source {

    @Override
    public String name() {
      return region.source().name();
    }

    @Override
    public long size() {
      return region.length();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
      if (position < 0 || position > region.length() - into.remaining()) {
        throw new EOFException("it is truncated");
      }
      region.source().read(region.position() + position, into);
    }
  }
}
