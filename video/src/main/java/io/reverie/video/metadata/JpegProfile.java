package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A colour profile in pieces, each after its number, from 1, and the number of pieces. */
final class JpegProfile {

  private static final int HEAD = 2;
  private static final int LONGEST = 65_519;

  private final Map<Integer, byte[]> pieces = new HashMap<>();
  private int expected;

  boolean isEmpty() {
    return expected == 0;
  }

  /** Adds the content of a segment; of two with the same number the first counts. */
  void add(byte[] numbered) {
    if (numbered.length > HEAD) {
      expected = Math.max(expected, Byte.toUnsignedInt(numbered[1]));
      pieces.putIfAbsent(Byte.toUnsignedInt(numbered[0]), numbered);
    }
  }

  /**
   * Returns the profile.
   *
   * @throws IllegalArgumentException if a piece is missing
   */
  byte[] joined() {
    ByteArrayOutputStream profile = new ByteArrayOutputStream();
    for (int number = 1; number <= expected; number++) {
      byte[] piece = pieces.get(number);
      if (piece == null) {
        throw new IllegalArgumentException("piece %d is missing".formatted(number));
      }
      profile.write(piece, HEAD, piece.length - HEAD);
    }
    return profile.toByteArray();
  }

  /** Splits a profile into the contents of segments. */
  static List<byte[]> pieces(byte[] profile) {
    int count = (profile.length + LONGEST - 1) / LONGEST;
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int end = Math.min(profile.length, (i + 1) * LONGEST);
      byte[] head = {(byte) (i + 1), (byte) count};
      pieces.add(ByteView.joined(head, Arrays.copyOfRange(profile, i * LONGEST, end)));
    }
    return pieces;
  }
}
