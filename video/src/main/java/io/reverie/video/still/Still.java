package io.reverie.video.still;

import io.reverie.video.Frame;

/**
 * A still image.
 *
 * @param frame upright, pts 0
 * @param bitDepth of a colour component in its file, 8 or 16
 */
public record Still(Frame frame, int bitDepth) {}
