package io.reverie.video.metadata.exif;

import io.reverie.video.metadata.bytes.ByteView;

/**
 * A field of a TIFF directory.
 *
 * @param at position of its value, within the entry or elsewhere
 * @param length of its value in bytes
 */
public record TiffEntry(int tag, int type, long count, long at, long length) {

  /** The bytes of an entry, except in BigTIFF. */
  public static final int ENTRY = 12;

  /** The bytes of a value that an entry holds itself, except in BigTIFF. */
  public static final int ROOM = 4;

  public static final int BYTE = 1;
  public static final int ASCII = 2;
  public static final int SHORT = 3;
  public static final int LONG = 4;
  public static final int RATIONAL = 5;
  public static final int UNDEFINED = 7;

  /** Returns the bytes of one value; 0 for an unknown type. */
  public static int size(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 0;
    };
  }

  /** Returns the bytes of one number in a value, two of which make a rational. */
  public static int numberSize(int type) {
    return type == RATIONAL || type == 10 ? 4 : size(type);
  }

  /** Returns the first value of an integer type, otherwise 0. */
  public long number(ByteView in) {
    if (count == 0) {
      return 0;
    }
    return switch (type) {
      case BYTE, UNDEFINED -> in.u8(at);
      case SHORT -> in.u16(at);
      case LONG, 13 -> in.u32(at);
      case 16, 18 -> in.u64(at);
      default -> 0;
    };
  }

  /** Returns the first value of a rational type; 0 for others and for a division by 0. */
  public double rational(ByteView in) {
    if (type != RATIONAL || count == 0 || in.u32(at + 4) == 0) {
      return 0;
    }
    return (double) in.u32(at) / in.u32(at + 4);
  }
}
