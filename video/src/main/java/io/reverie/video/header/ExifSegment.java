package io.reverie.video.header;

import java.io.IOException;
import java.util.OptionalInt;

/** Finds the orientation in a JPEG's EXIF segment. */
final class ExifSegment {

  private static final long EXIF = 0x45786966;
  private static final int HEAD = 6;
  private static final int ORIENTATION = 0x112;
  private static final int ENTRY = 12;

  private ExifSegment() {}

  /**
   * Reads the orientation, 1 to 8.
   *
   * @param at position of the segment's content
   * @return empty if the segment holds something else, or no orientation
   */
  static OptionalInt orientation(HeaderBytes in, long at) throws IOException {
    if (at + HEAD + 8 > in.length() || in.u32(at) != EXIF) {
      return OptionalInt.empty();
    }
    long tiff = at + HEAD;
    boolean little = in.u8(tiff) == 'I';
    long directory = tiff + number(in, tiff + 4, 4, little);
    if (directory + 2 > in.length()) {
      return OptionalInt.empty();
    }
    long entries = number(in, directory, 2, little);
    for (long i = 0; i < entries; i++) {
      long entry = directory + 2 + i * ENTRY;
      if (entry + ENTRY > in.length()) {
        return OptionalInt.empty();
      }
      if (number(in, entry, 2, little) == ORIENTATION) {
        return OptionalInt.of((int) number(in, entry + 8, 2, little));
      }
    }
    return OptionalInt.empty();
  }

  private static long number(HeaderBytes in, long at, int bytes, boolean little)
      throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | in.u8(little ? at + bytes - 1 - i : at + i);
    }
    return value;
  }
}
