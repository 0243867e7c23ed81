package io.reverie.video.note;

import java.util.Arrays;

/** Pieces of files. */
final class Bytes {

  private Bytes() {}

  static boolean startsWith(byte[] file, int at, byte[] wanted) {
    return at >= 0
        && file.length - at >= wanted.length
        && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
  }

  static byte[] inserted(byte[] file, int at, byte[] piece) {
    return joined(Arrays.copyOf(file, at), piece, Arrays.copyOfRange(file, at, file.length));
  }

  static byte[] joined(byte[]... pieces) {
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
