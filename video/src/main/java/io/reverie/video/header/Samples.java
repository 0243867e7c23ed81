package io.reverie.video.header;

/**
 * How a still stores its pixels.
 *
 * @param model what the components of a pixel mean
 * @param alpha how transparency is stored
 * @param bits bits per component, at least 1
 * @param floats whether components are floating-point numbers, 1 being white
 */
public record Samples(Model model, Alpha alpha, int bits, boolean floats) {
  public Samples {
    if (bits < 1) {
      throw new IllegalArgumentException(
          "a component needs at least 1 bit, not %d".formatted(bits));
    }
  }

  /** The meaning of a pixel's components. */
  public enum Model {
    GREY(1),
    RGB(3),
    /** An index into a list of colours, which may be transparent. */
    PALETTE(4),
    CMYK(4),
    /** CIE L*a*b*, a* and b* being signed. */
    LAB(3),
    /** CIE L*a*b* in the encoding of ICC profiles: 0 is stored as half of the range. */
    ICC_LAB(3),
    /** {@link #LAB} with the white D65 instead of D50. */
    LAB_D65(3);

    private final int components;

    Model(int components) {
      this.components = components;
    }
  }

  /** How transparency is stored. */
  public enum Alpha {
    NONE,
    /** Colours are those of the opaque picture. */
    STRAIGHT,
    /** Colours are multiplied by the opacity. */
    PREMULTIPLIED
  }

  /**
   * Describes integers.
   *
   * @param bits from a header; a damaged one's 0 counts as 1, and decoding reports the damage
   */
  static Samples of(Model model, boolean alpha, int bits) {
    return new Samples(model, alpha ? Alpha.STRAIGHT : Alpha.NONE, Math.max(1, bits), false);
  }

  public boolean hasAlpha() {
    return alpha != Alpha.NONE;
  }

  /** Returns whether colours are grey, with or without alpha. */
  public boolean isGrey() {
    return model == Model.GREY;
  }

  /** Returns the channels after decoding, 1 to 4. */
  int channels() {
    return hasAlpha() ? 4 : model.components;
  }

  /** Returns the decoded bytes per channel. */
  int depth() {
    return floats ? 4 : bits > 32 ? 8 : bits > 16 ? 4 : bits > 8 ? 2 : 1;
  }
}
