package io.reverie.video.icc;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The colours that a file without an ICC profile declares.
 *
 * @param profile made from them; empty for sRGB
 * @param highRange whether the colours are those of HDR (PQ or HLG)
 */
public record DeclaredColours(Optional<IccProfile> profile, boolean highRange) {

  private static final DeclaredColours SRGB = new DeclaredColours(Optional.empty(), false);

  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;
  private static final int CICP = 0x63494350;
  private static final int SRGB_CHUNK = 0x73524742;
  private static final int CHRM = 0x6348524D;
  private static final int GAMA = 0x67414D41;
  private static final int IDAT = 0x49444154;
  private static final double UNIT = 100_000;

  /** The gamma that programs write for sRGB, which it approximates. */
  private static final double SRGB_GAMMA = 0.45455;

  private static final double SAME_GAMMA = 0.001;

  /**
   * Reads a PNG's chunks before the pixels: {@code cICP}, {@code sRGB}, or {@code cHRM} and {@code
   * gAMA}, in this order of importance.
   *
   * @param png a whole file, from position 0
   * @param grey whether its pixels are grey
   */
  public static DeclaredColours ofPng(ByteBuffer png, boolean grey) {
    ByteBuffer in = png.duplicate();
    Optional<double[]> chromaticities = Optional.empty();
    double gamma = 0;
    boolean srgb = false;
    for (long at = SIGNATURE; at + FRAME <= in.limit(); ) {
      int start = (int) at;
      long length = Integer.toUnsignedLong(in.getInt(start));
      int type = in.getInt(start + 4);
      if (type == IDAT || at + FRAME + length > in.limit()) {
        break;
      }
      if (type == CICP && length == 4) {
        return ofCodes(in.get(start + 8) & 0xFF, in.get(start + 9) & 0xFF);
      }
      srgb |= type == SRGB_CHUNK;
      if (type == GAMA && length == 4) {
        gamma = Integer.toUnsignedLong(in.getInt(start + 8)) / UNIT;
      } else if (type == CHRM && length == 32) {
        chromaticities = Optional.of(chromaticities(in, start + 8));
      }
      at += FRAME + length;
    }
    if (srgb || (gamma == 0 && chromaticities.isEmpty())) {
      return SRGB;
    }
    boolean usual = gamma == 0 || Math.abs(gamma - SRGB_GAMMA) < SAME_GAMMA;
    double exponent = usual ? 0 : 1 / gamma;
    return new DeclaredColours(
        grey ? GeneratedProfile.grey(exponent) : GeneratedProfile.of(chromaticities, exponent),
        false);
  }

  /**
   * Reads code points of ISO/IEC 23091-2.
   *
   * @param primaries of the colours, 2 if unspecified
   * @param transfer characteristics, 2 if unspecified
   */
  public static DeclaredColours ofCodes(int primaries, int transfer) {
    return new DeclaredColours(
        GeneratedProfile.of(primaries, transfer), transfer == 16 || transfer == 18);
  }

  /** Reads white, red, green and blue, which PNG stores in this order. */
  private static double[] chromaticities(ByteBuffer in, int at) {
    double[] xy = new double[8];
    for (int i = 0; i < 8; i++) {
      xy[(i + 6) % 8] = Integer.toUnsignedLong(in.getInt(at + 4 * i)) / UNIT;
    }
    return xy;
  }
}
