package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;

/** Walks over the segments of a JPEG that precede its first scan. */
final class JpegSegments {

  private static final int SCAN = 0xDA;
  private static final int END = 0xD9;
  private static final int RESTART = 0xD0;
  private static final int LAST_ALONE = 0xD8;

  /** Start-of-image marker. */
  private static final int START = 2;

  private final ByteView in;
  private int at;
  private int next = START;

  JpegSegments(ByteView in) {
    this.in = in;
  }

  /** Moves on; false before the first scan, at the end, and where no segment follows. */
  boolean next() {
    at = next;
    while (at + 4 <= in.length() && in.u8(at) == 0xFF) {
      if (marker() == 0xFF) {
        at++;
      } else if (marker() == 1 || (marker() >= RESTART && marker() <= LAST_ALONE)) {
        at += 2;
      } else if (marker() == SCAN || marker() == END || marker() == 0) {
        return false;
      } else {
        next = at + 2 + Math.max(2, in.u16(at + 2));
        return true;
      }
    }
    return false;
  }

  /** Returns the second byte of the marker. */
  int marker() {
    return in.u8(at + 1);
  }

  /** Returns the position of the marker. */
  int at() {
    return at;
  }

  /** Returns the position of the next segment, which may exceed the file. */
  int end() {
    return next;
  }

  /** Returns the position of the content. */
  int content() {
    return at + 4;
  }

  int length() {
    return next - content();
  }

  boolean is(int marker, byte[] mark) {
    return marker() == marker && length() >= mark.length && in.has(content(), mark);
  }

  /** Copies the content after a mark. */
  byte[] after(byte[] mark) {
    return in.part((long) content() + mark.length, length() - mark.length);
  }
}
