package io.reverie.jobs.fuzz;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Fixes checksums, as an attacker would: a wrong one would end parsing too early. */
final class Checksums {

  private static final long PNG = 0x89504E470D0A1A0AL;
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;

  private Checksums() {}

  /**
   * Returns a PNG whose chunks have correct checksums, as far as their lengths are valid; other
   * inputs stay unchanged.
   */
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
