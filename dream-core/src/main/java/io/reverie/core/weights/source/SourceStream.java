package io.reverie.core.weights.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A buffered stream over a range of a file that knows its position. */
public final class SourceStream extends InputStream {

  private static final int AHEAD = 1 << 16;

  private final Source source;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(AHEAD).limit(0);
  private long ahead;

  /**
   * Opens a range.
   *
   * @param end position after the last byte, within the file
   */
  public SourceStream(Source source, long begin, long end) {
    this.source = source;
    this.ahead = begin;
    this.end = end;
  }

  /** Returns the position of the next byte in the file. */
  public long position() {
    return ahead - buffer.remaining();
  }

  private boolean isAtEnd() throws IOException {
    if (!buffer.hasRemaining() && ahead < end) {
      buffer.clear().limit((int) Math.min(AHEAD, end - ahead));
      ahead += buffer.limit();
      source.read(ahead - buffer.limit(), buffer);
      buffer.flip();
    }
    return !buffer.hasRemaining();
  }

  /** Moves on without reading what is not ahead in the buffer. */
  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, end - position()));
    int buffered = (int) Math.min(skipped, buffer.remaining());
    buffer.position(buffer.position() + buffered);
    ahead += skipped - buffered;
    return skipped;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }
}
