package io.reverie.video;

import java.io.Serializable;

/**
 * Colour properties of a stream as code points of ISO/IEC 23091-2, the numbers that FFmpeg uses.
 *
 * @param primaries 2 if unspecified
 * @param transfer 2 if unspecified
 * @param matrix 2 if unspecified, 0 for RGB
 * @param range 1 for limited, 2 for full, 0 if unspecified
 * @param chromaLocation FFmpeg's number, 0 if unspecified
 */
public record Colour(int primaries, int transfer, int matrix, int range, int chromaLocation)
    implements Serializable {

  private static final int UNSPECIFIED_CODE = 2;
  private static final int RGB = 0;
  private static final int BT709 = 1;
  private static final int BT601 = 6;
  private static final int FULL = 2;

  /** All properties unspecified. */
  public static final Colour UNSPECIFIED =
      new Colour(UNSPECIFIED_CODE, UNSPECIFIED_CODE, UNSPECIFIED_CODE, 0, 0);

  /** Returns the matrix to convert with; if unspecified, players' usual choice for the height. */
  public int matrixOr(int height) {
    return matrix == UNSPECIFIED_CODE || matrix == RGB ? (height >= 720 ? BT709 : BT601) : matrix;
  }

  public boolean fullRange() {
    return range == FULL;
  }
}
