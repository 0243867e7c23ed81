package io.reverie.jobs.kept;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Writes numbers in blocks of four planes: the lowest bytes of all, then the next ones. The
 * compressor finds the bytes that repeat, which are the exponents.
 */
final class BytePlanes {

  /** Numbers in a block. */
  private static final int BLOCK = 1 << 16;

  private BytePlanes() {}

  /** The bits of the number at an index. */
  interface Bits {
    int at(int index);
  }

  /** Receives the bits of the number at an index. */
  interface Sink {
    void put(int index, int bits);
  }

  static void write(int count, Bits bits, DataOutputStream out) throws IOException {
    byte[] bytes = new byte[Math.min(count, BLOCK) * Integer.BYTES];
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      for (int i = 0; i < length; i++) {
        int value = bits.at(from + i);
        for (int plane = 0; plane < Integer.BYTES; plane++) {
          bytes[plane * length + i] = (byte) (value >>> (8 * plane));
        }
      }
      out.write(bytes, 0, length * Integer.BYTES);
    }
  }

  static void read(int count, DataInputStream in, Sink sink) throws IOException {
    byte[] bytes = new byte[Math.min(count, BLOCK) * Integer.BYTES];
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      in.readFully(bytes, 0, length * Integer.BYTES);
      for (int i = 0; i < length; i++) {
        int value = 0;
        for (int plane = 0; plane < Integer.BYTES; plane++) {
          value |= (bytes[plane * length + i] & 0xFF) << (8 * plane);
        }
        sink.put(from + i, value);
      }
    }
  }
}
