package io.reverie.video.decode;

import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A part of a file with its first bytes replaced, so that one of several pictures becomes a file of
 * its own.
 *
 * @param name for error messages
 * @param head the first bytes
 * @param from position in the file of the bytes that follow
 * @param length number of bytes that follow, clipped at the file's end
 */
record SplicedSource(String name, MediaSource file, byte[] head, long from, long length)
    implements MediaSource {

  @Override
  public SeekableByteChannel open() throws IOException {
    SeekableByteChannel channel = file.open();
    long rest = Math.max(0, Math.min(length, channel.size() - from));
    return new Spliced(channel, head, from, rest);
  }

  private static final class Spliced implements SeekableByteChannel {

    private final SeekableByteChannel file;
    private final byte[] head;
    private final long from;
    private final long rest;
    private long position;

    Spliced(SeekableByteChannel file, byte[] head, long from, long rest) {
      this.file = file;
      this.head = head;
      this.from = from;
      this.rest = rest;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (position >= size()) {
        return -1;
      }
      int read = position < head.length ? readHead(into) : readFile(into);
      position += Math.max(0, read);
      return read;
    }

    private int readHead(ByteBuffer into) {
      int count = (int) Math.min(into.remaining(), head.length - position);
      into.put(head, (int) position, count);
      return count;
    }

    private int readFile(ByteBuffer into) throws IOException {
      int limit = into.limit();
      into.limit((int) Math.min(limit, into.position() + size() - position));
      try {
        file.position(from + position - head.length);
        return file.read(into);
      } finally {
        into.limit(limit);
      }
    }

    @Override
    public long size() {
      return head.length + rest;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
      if (to < 0) {
        throw new IllegalArgumentException("a position before the start of a file: " + to);
      }
      position = to;
      return this;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
