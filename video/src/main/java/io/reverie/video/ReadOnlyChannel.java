package io.reverie.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A channel for reading; what remains is to read at a position. */
public abstract class ReadOnlyChannel implements SeekableByteChannel {

  private long position;

  /**
   * Reads at least one byte, unless the buffer is full.
   *
   * @param at position from 0 to below {@link #size()}
   * @return the number of bytes, or a negative number at the end
   */
  protected abstract int read(ByteBuffer into, long at) throws IOException;

  @Override
  public final int read(ByteBuffer into) throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (position >= size()) {
      return -1;
    }
    int read = read(into, position);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public final long position() {
    return position;
  }

  @Override
  public final SeekableByteChannel position(long to) {
    if (to < 0) {
      throw new IllegalArgumentException("a position before the start of a file: " + to);
    }
    position = to;
    return this;
  }

  @Override
  public final int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public final SeekableByteChannel truncate(long to) {
    throw new NonWritableChannelException();
  }
}
