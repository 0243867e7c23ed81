package io.reverie.video.metadata.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bounds-checked reading of untrusted bytes. Positions outside throw {@link
 * IndexOutOfBoundsException}, impossible lengths {@link IllegalArgumentException}.
 */
public final class ByteView {

  /** Limit of one item in bytes, and of what one inflates to. */
  public static final int LONGEST = 16 << 20;

  private final ByteBuffer in;

  private ByteView(ByteBuffer in) {
    this.in = in;
  }

  public static ByteView of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  /** Views a whole buffer from its position 0, in big-endian order. */
  public static ByteView of(ByteBuffer buffer) {
    return new ByteView(buffer.asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN));
  }

  public ByteView littleEndian() {
    return new ByteView(in.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  public ByteOrder order() {
    return in.order();
  }

  public int length() {
    return in.limit();
  }

  public int u8(long at) {
    return Byte.toUnsignedInt(in.get(index(at)));
  }

  public int u16(long at) {
    return Short.toUnsignedInt(in.getShort(index(at)));
  }

  public long u32(long at) {
    return Integer.toUnsignedLong(in.getInt(index(at)));
  }

  /** Reads 8 bytes; a value above {@code Long.MAX_VALUE} is clamped. */
  public long u64(long at) {
    long value = in.getLong(index(at));
    return value < 0 ? Long.MAX_VALUE : value;
  }

  private static int index(long at) {
    if (at < 0 || at > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException("position " + at);
    }
    return (int) at;
  }

  public boolean has(long at, byte[] wanted) {
    if (at < 0 || at > length() - wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (in.get((int) at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies a part.
   *
   * @throws IllegalArgumentException if it exceeds the bytes or {@link #LONGEST}, before anything
   *     is allocated
   */
  public byte[] part(long at, long length) {
    if (at < 0 || length < 0 || length > LONGEST || at > length() - length) {
      throw new IllegalArgumentException(
          "not within the file: %d bytes at %d".formatted(length, at));
    }
    byte[] part = new byte[(int) length];
    in.get((int) at, part);
    return part;
  }

  public static byte[] joined(byte[]... pieces) {
    int length = Arrays.stream(pieces).mapToInt(piece -> piece.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }
}
