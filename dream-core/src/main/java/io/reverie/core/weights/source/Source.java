package io.reverie.core.weights.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Random access to the bytes of a weights file, without caching. */
public sealed interface Source {

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

  /**
   * The inflated bytes of a compressed file in a zip. They are inflated on the first read, and
   * again if memory was needed for something else in the meantime.
   */
  final class OfDeflated implements Source {

    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final Region region;
    private final ZipEntry entry;
    private SoftReference<ByteBuffer> kept = new SoftReference<>(null);

    OfDeflated(Region region, ZipEntry entry) {
      this.region = region;
      this.entry = entry;
    }

    @Override
    public String name() {
      return region.source().name();
    }

    @Override
    public long size() {
      return entry.size();
    }

    @Override
    public synchronized void read(long position, ByteBuffer into) throws IOException {
      ByteBuffer bytes = kept.get();
      if (bytes == null) {
        bytes = inflate();
        kept = new SoftReference<>(bytes);
      }
      new OfBytes(name(), bytes).read(position, into);
    }

    private ByteBuffer inflate() throws IOException {
      if (entry.size() > LARGEST) {
        throw new IOException("its entry %s has %d bytes".formatted(entry.name(), entry.size()));
      }
      try (InputStream in = entry.inflated(region)) {
        byte[] bytes = in.readNBytes((int) entry.size());
        if (bytes.length < entry.size()) {
          throw new EOFException("its entry %s is truncated".formatted(entry.name()));
        }
        return ByteBuffer.wrap(bytes);
      } catch (ZipException e) {
        throw new IOException("its entry %s is damaged".formatted(entry.name()), e);
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
