package io.reverie.temporal.mask;

/**
 * How masks are applied; a schedule may give each frame its own settings.
 *
 * @param alpha whether the source's alpha is a mask; it multiplies a drawn one
 * @param strength effect of the mask: 0 ignores it, 1 applies it fully
 * @param feather sigma in pixels of the blur that softens edges
 * @param invert whether black areas dream
 */
public record MaskSettings(boolean alpha, double strength, double feather, boolean invert) {}
