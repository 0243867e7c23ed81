package io.reverie.core.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a weights file, read where they are asked for and kept nowhere. */
sealed interface Source {

  /** What to call it in messages. */
  String name();

  long size();

  /**
   * Fills a buffer.
   *
   * @throws EOFException if there are too few bytes behind the position
   */
  void read(long position, ByteBuffer into) throws IOException;

  /** A few bytes, little-endian. */
  default ByteBuffer read(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    read(position, buffer);
    return buffer.flip();
  }

  /**
   * A file, opened for each reading: tensors are read long after the names are, and nobody closes
   * them. Not mapped, since a mapped file that somebody shortens ends the process.
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
            throw new EOFException("it ends too early");
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
        throw new EOFException("it ends too early");
      }
      into.put(bytes.slice((int) position, into.remaining()));
    }
  }
}
