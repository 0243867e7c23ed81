package io.reverie.video.metadata.exif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Converts an EXIF stream to the other byte order; every value stays where it is. Maker notes are
 * left alone: those that depend on an order state it, or their readers try both.
 */
public final class ExifOrder {

  private static final byte[] UNICODE = "UNICODE\0".getBytes(ISO_8859_1);

  private final byte[] stream;
  private final BitSet done;

  private ExifOrder(byte[] stream) {
    this.stream = stream.clone();
    this.done = new BitSet(stream.length);
  }

  /**
   * Returns the stream in an order.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static byte[] converted(byte[] stream, ByteOrder wanted) {
    ExifEditor exif = new ExifEditor(stream);
    if (exif.root().in().order().equals(wanted)) {
      return stream;
    }
    ExifOrder order = new ExifOrder(stream);
    for (TiffDirectory directory : exif.all()) {
      order.swap(directory);
    }
    byte mark = (byte) (wanted.equals(ByteOrder.LITTLE_ENDIAN) ? 'I' : 'M');
    order.stream[0] = mark;
    order.stream[1] = mark;
    order.swap(2, 2, 2);
    order.swap(4, 4, 4);
    return order.stream;
  }

  private void swap(TiffDirectory directory) {
    ByteView in = directory.in();
    int at = (int) directory.at();
    int count = in.u16(at);
    for (TiffEntry entry : directory.entries()) {
      if (entry.length() > TiffEntry.ROOM) {
        value(in, entry);
      }
    }
    swap(at, 2, 2);
    for (int place = at + 2; place < at + 2 + count * TiffEntry.ENTRY; place += TiffEntry.ENTRY) {
      int size = TiffEntry.numberSize(in.u16(place + 2));
      boolean inside = in.u32(place + 4) * TiffEntry.size(in.u16(place + 2)) <= TiffEntry.ROOM;
      swap(place, 4, 2);
      swap(place + 4, 4, 4);
      swap(place + 8, TiffEntry.ROOM, inside ? Math.max(1, size) : 4);
    }
    if (at + 6 + count * TiffEntry.ENTRY <= stream.length) {
      swap(at + 2 + count * TiffEntry.ENTRY, 4, 4);
    }
  }

  private void value(ByteView in, TiffEntry entry) {
    if (entry.tag() == TiffTag.USER_COMMENT && in.has(entry.at(), UNICODE)) {
      swap((int) entry.at() + UNICODE.length, (int) entry.length() - UNICODE.length, 2);
    } else {
      swap((int) entry.at(), (int) entry.length(), TiffEntry.numberSize(entry.type()));
    }
  }

  /** Reverses each number once, though hostile values overlap. */
  private void swap(int from, int length, int size) {
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    for (int at = from; size > 1 && at + size <= from + length; at += size) {
      if (!done.get(at)) {
        done.set(at);
        switch (size) {
          case 2 -> bytes.putShort(at, Short.reverseBytes(bytes.getShort(at)));
          case 4 -> bytes.putInt(at, Integer.reverseBytes(bytes.getInt(at)));
          default -> bytes.putLong(at, Long.reverseBytes(bytes.getLong(at)));
        }
      }
    }
  }
}
