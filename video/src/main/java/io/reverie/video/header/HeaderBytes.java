package io.reverie.video.header;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Reads numbers at any position of a file, buffering one piece at a time. */
final class HeaderBytes {

  private static final int PIECE = 1 << 16;

  private final SeekableByteChannel channel;
  private final long length;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long from;
  private boolean little;

  HeaderBytes(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size();
  }

  long length() {
    return length;
  }

  /** Switches to little-endian numbers. */
  void littleEndian() {
    little = true;
  }

  /** Returns the first bytes of the file, at most {@code count}. */
  byte[] first(int count) throws IOException {
    byte[] bytes = new byte[(int) Math.min(count, length)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) u8(i);
    }
    return bytes;
  }

  int u8(long at) throws IOException {
    if (at < from || at >= from + piece.limit()) {
      load(at);
    }
    return Byte.toUnsignedInt(piece.get((int) (at - from)));
  }

  private void load(long at) throws IOException {
    if (at < 0 || at >= length) {
      throw new EOFException();
    }
    ByteBuffer next = ByteBuffer.allocate((int) Math.min(PIECE, length - at));
    channel.position(at);
    int read = 0;
    while (next.hasRemaining() && read >= 0) {
      read = channel.read(next);
    }
    if (next.position() == 0) {
      throw new EOFException();
    }
    piece = next.flip();
    from = at;
  }

  /**
   * Reads an unsigned number.
   *
   * @param bytes 1 to 8; a value above {@code Long.MAX_VALUE} is clamped
   */
  long number(long at, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | u8(little ? at + bytes - 1 - i : at + i);
    }
    return value < 0 ? Long.MAX_VALUE : value;
  }

  int u16(long at) throws IOException {
    return (int) number(at, 2);
  }

  long u32(long at) throws IOException {
    return number(at, 4);
  }
}
