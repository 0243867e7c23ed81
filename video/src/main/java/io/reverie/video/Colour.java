package io.reverie.video;

import java.io.Serializable;

/**
 * How a stream's numbers mean colours: the code points of ISO/IEC 23091-2, as FFmpeg has them.
 *
 * @param primaries 2 if not said
 * @param transfer 2 if not said
 * @param matrix 2 if not said, 0 for RGB
 * @param range 1 for limited, 2 for full, 0 if not said
 * @param chromaLocation FFmpeg's, 0 if not said
 */
public record Colour(int primaries, int transfer, int matrix, int range, int chromaLocation)
    implements Serializable {

  private static final int UNSPECIFIED = 2;
  private static final int RGB = 0;
  private static final int BT709 = 1;
  private static final int BT601 = 6;
  private static final int FULL = 2;

  /** Nothing said: as files do that come from nowhere in particular. */
  public static final Colour UNSAID = new Colour(UNSPECIFIED, UNSPECIFIED, UNSPECIFIED, 0, 0);

  /** The matrix to convert with: what is said, else by the size as players guess. */
  public int matrixOr(int height) {
    return matrix == UNSPECIFIED || matrix == RGB ? (height >= 720 ? BT709 : BT601) : matrix;
  }

  public boolean fullRange() {
    return range == FULL;
  }
}
