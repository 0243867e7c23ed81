package io.reverie.jobs.fuzz;

import io.reverie.video.MediaSource;
import io.reverie.video.ReadOnlyChannel;
import java.nio.ByteBuffer;
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

  private static final class Channel extends ReadOnlyChannel {

    private final ByteBuffer bytes;
    private boolean open = true;

    Channel(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    protected int read(ByteBuffer into, long at) {
      int count = (int) Math.min(into.remaining(), bytes.capacity() - at);
      into.put(bytes.slice((int) at, count));
      return count;
    }

    @Override
    public long size() {
      return bytes.capacity();
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
