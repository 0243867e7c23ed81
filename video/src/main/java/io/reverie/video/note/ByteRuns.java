package io.reverie.video.note;

import java.util.Arrays;

/** Bounds-checked access to parts of files. */
final class ByteRuns {

  /** Limit of a note's length in bytes. */
  private static final int LONGEST = 16 << 20;

  private ByteRuns() {}

  static boolean startsWith(byte[] file, int at, byte[] wanted) {
    return at >= 0
        && file.length - at >= wanted.length
        && Arrays.equals(file, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /** Checks a length field; a negative one would make a loop over chunks run backwards for ever. */
  static int length(int stated) {
    if (stated < 0) {
      throw new IllegalArgumentException("a chunk cannot have %d bytes".formatted(stated));
    }
    return stated;
  }

  /**
   * Copies a part of a file.
   *
   * @throws IllegalArgumentException if the part exceeds the file or is longer than a note, before
   *     anything is allocated
   */
  static byte[] part(byte[] file, int at, int length) {
    if (at < 0 || length < 0 || length > LONGEST || at > file.length - length) {
      throw new IllegalArgumentException(
          "not within the file: %d bytes at %d".formatted(length, at));
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
