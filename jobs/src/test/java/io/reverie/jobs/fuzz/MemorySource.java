package io.reverie.jobs.fuzz;

import io.reverie.video.MediaSource;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file in memory.
 *
 * @param name as a user would have named it
 */
record MemorySource(String name, byte[] content) implements MediaSource {

  @Override
  public SeekableByteChannel open() {
    return new Channel(ByteBuffer.wrap(content));
  }

  private static final class Channel implements SeekableByteChannel {

    private final ByteBuffer bytes;
    private long position;
    private boolean open = true;

    Channel(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer into) {
      if (position >= bytes.capacity()) {
        return -1;
      }
      int count = (int) Math.min(into.remaining(), bytes.capacity() - position);
      into.put(bytes.slice((int) position, count));
      position += count;
      return count;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long wanted) {
      if (wanted < 0) {
        throw new IllegalArgumentException("position " + wanted);
      }
      position = wanted;
      return this;
    }

    @Override
    public long size() {
      return bytes.capacity();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
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
