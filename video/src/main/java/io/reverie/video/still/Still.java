package io.reverie.video.still;

import io.reverie.video.Frame;

/**
 * A still image.
 *
 * @param frame upright, with pts 0
 * @param bitDepth bits per component in the file, 8 or 16
 */
public record Still(Frame frame, int bitDepth) {}
