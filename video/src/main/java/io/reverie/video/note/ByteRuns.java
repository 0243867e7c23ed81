package io.reverie.video.note;

import java.util.Arrays;

/** Pieces of files. */
final class ByteRuns {

  /** Far more than any note has. */
  private static final int LONGEST = 16 << 20;

  private ByteRuns() {}

  static boolean startsWith(byte[] file, int at, byte[] wanted) {
    return at >= 0
        && file.length - at >= wanted.length
        && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /** A length that a file states; else a loop over its pieces might go backwards for ever. */
  static int length(int stated) {
    if (stated < 0) {
      throw new IllegalArgumentException("a piece cannot have %d bytes".formatted(stated));
    }
    return stated;
  }

  /**
   * A part of a file, which must be within it and no longer than any note.
   *
   * @throws IllegalArgumentException otherwise, before anything is allocated
   */
  static byte[] part(byte[] file, int at, int length) {
    if (at < 0 || length < 0 || length > LONGEST || at > file.length - length) {
      throw new IllegalArgumentException("no part of the file: %d at %d".formatted(length, at));
    }
    return Arrays.copyOfRange(file, at, at + length);
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
