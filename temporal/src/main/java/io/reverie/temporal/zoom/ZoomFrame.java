package io.reverie.temporal.zoom;

import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.video.motion.CameraMotion;

/**
 * Settings of one frame of a zoom.
 *
 * @param dreamSize size of the ascent
 * @param camera motion applied to the previous frame
 * @param iterations steps per octave, for all frames but the first, at least 1
 * @param toneCorrection share of the drift from the first frame's tone that is corrected, 0..1
 */
public record ZoomFrame(
    Dreamer dreamer, Size dreamSize, CameraMotion camera, int iterations, double toneCorrection) {

  public ZoomFrame {
    if (iterations < 1 || !(toneCorrection >= 0 && toneCorrection <= 1)) {
      throw new IllegalArgumentException(
          "a frame of a zoom cannot have %d iterations and the tone correction %s"
              .formatted(iterations, toneCorrection));
    }
  }
}
