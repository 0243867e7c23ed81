package io.reverie.jobs.fuzz;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Checksums as an attacker would set them: a wrong one would end the reading too early. */
final class Checksums {

  private static final long PNG = 0x89504E470D0A1A0AL;
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;

  private Checksums() {}

  /** A PNG whose chunks have the right checksums, as far as their lengths go; else the same. */
  static byte[] mended(byte[] input) {
    if (input.length < SIGNATURE || ByteBuffer.wrap(input).getLong() != PNG) {
      return input;
    }
    byte[] mended = input.clone();
    ByteBuffer png = ByteBuffer.wrap(mended);
    int at = SIGNATURE;
    while (mended.length - at >= FRAME) {
      int length = png.getInt(at);
      if (length < 0 || length > mended.length - at - FRAME) {
        break;
      }
      CRC32 checksum = new CRC32();
      checksum.update(mended, at + 4, length + 4);
      png.putInt(at + 8 + length, (int) checksum.getValue());
      at += length + FRAME;
    }
    return mended;
  }
}
