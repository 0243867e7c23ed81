package io.reverie.temporal.zoom;

import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.video.motion.CameraMotion;

/**
 * Settings of one frame of a zoom.
 *
 * @param dreamSize size of the ascent
 * @param camera motion applied to the previous frame
 * @param iterations steps per octave, for all frames but the first
 * @param toneCorrection share of the drift from the first frame's tone that is corrected, 0..1
 */
public record ZoomFrame(
    Dreamer dreamer, Size dreamSize, CameraMotion camera, int iterations, double toneCorrection) {}
