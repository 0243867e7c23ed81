package io.reverie.temporal.zoom;

import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.video.motion.CameraMotion;

/**
 * What one frame of a zoom is dreamed with.
 *
 * @param dreamSize of the largest octave
 * @param camera moves the frame before
 * @param iterations at each size, for all frames but the first
 * @param toneCorrection the share of the drift from the first frame's tone that is taken back, 0..1
 */
public record ZoomFrame(
    Dreamer dreamer, Size dreamSize, CameraMotion camera, int iterations, double toneCorrection) {}
