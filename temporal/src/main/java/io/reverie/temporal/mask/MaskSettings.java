package io.reverie.temporal.mask;

/**
 * How masks are applied; a schedule may give each frame its own.
 *
 * @param alpha whether the source's transparency is a mask, or weakens the drawn one
 * @param strength how much the mask counts: 0 ignores it, 1 applies it fully
 * @param feather sigma of the blur that softens its edges, in pixels of the dream
 * @param invert whether black dreams
 */
public record MaskSettings(boolean alpha, double strength, double feather, boolean invert) {}
