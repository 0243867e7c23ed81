package io.reverie.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Shows a file with some of its bytes changed, left out or added. The file itself is unchanged. */
public abstract class MediaChannel implements SeekableByteChannel {

  private final SeekableByteChannel file;
  private long position;

  /**
   * Creates a channel at position 0.
   *
   * @param file is closed with the channel
   */
  protected MediaChannel(SeekableByteChannel file) {
    this.file = file;
  }

  /**
   * Reads at least one byte, unless the buffer is full.
   *
   * @param at position from 0 to below {@link #size()}
   * @return the number of bytes, or a negative number at the end
   */
  protected abstract int read(ByteBuffer into, long at) throws IOException;

  /** Puts some bytes of the file into a buffer: {@code most}, or as many as have room. */
  protected final int readFile(ByteBuffer into, long from, long most) throws IOException {
    int limit = into.limit();
    into.limit((int) Math.min(limit, into.position() + most));
    try {
      file.position(from);
      return file.read(into);
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public final int read(ByteBuffer into) throws IOException {
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

  @Override
  public final boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public final void close() throws IOException {
    file.close();
  }
}
