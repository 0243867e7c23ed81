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
 * @param hdr metadata that applies to the whole video
 */
public record Colour(
    int primaries, int transfer, int matrix, int range, int chromaLocation, HdrMetadata hdr)
    implements Serializable {

  private static final int UNSPECIFIED_CODE = 2;
  private static final int RGB = 0;
  private static final int BT709 = 1;
  private static final int BT601 = 6;
  private static final int FULL = 2;

  /** {@link #transfer} of SMPTE ST 2084, the curve of HDR10. */
  public static final int PQ = 16;

  /** {@link #transfer} of ARIB STD-B67, hybrid log-gamma. */
  public static final int HLG = 18;

  /** All properties unspecified. */
  public static final Colour UNSPECIFIED =
      new Colour(UNSPECIFIED_CODE, UNSPECIFIED_CODE, UNSPECIFIED_CODE, 0, 0);

  /** Creates colour properties without HDR metadata. */
  public Colour(int primaries, int transfer, int matrix, int range, int chromaLocation) {
    this(primaries, transfer, matrix, range, chromaLocation, HdrMetadata.NONE);
  }

  public Colour with(HdrMetadata metadata) {
    return new Colour(primaries, transfer, matrix, range, chromaLocation, metadata);
  }

  /** Returns the matrix to convert with; if unspecified, players' usual choice for the height. */
  public int matrixOr(int height) {
    return matrix == UNSPECIFIED_CODE || matrix == RGB ? (height >= 720 ? BT709 : BT601) : matrix;
  }

  public boolean fullRange() {
    return range == FULL;
  }
}
