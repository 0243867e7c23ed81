package io.reverie.temporal.mask;

/**
 * How masks are applied; a schedule may give each frame its own settings.
 *
 * @param alpha whether the source's alpha is a mask; it multiplies a drawn one
 * @param strength effect of the mask: 0 ignores it, 1 applies it fully
 * @param feather sigma in pixels of the blur that softens edges, 0 or more
 * @param invert whether black areas dream
 */
public record MaskSettings(boolean alpha, double strength, double feather, boolean invert) {

  public MaskSettings {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("a mask cannot have the strength %s".formatted(strength));
    }
    if (!(feather >= 0)) {
      throw new IllegalArgumentException("a mask cannot be feathered by %s px".formatted(feather));
    }
  }
}
