package io.reverie.temporal.carry;

import io.reverie.core.dream.Dreamer;
import io.reverie.video.motion.CameraMotion;

/**
 * Settings of one frame; a schedule gives each frame its own.
 *
 * @param persistence k, the share of the carried dream that is kept, in [0, 1)
 * @param blend weight of the frame itself in {@link TemporalMode#BLEND}, 0..1
 * @param camera motion applied to the carried dream
 */
public record FrameSettings(
    Dreamer dreamer, double persistence, double blend, CameraMotion camera) {

  public FrameSettings {
    if (!(persistence >= 0 && persistence < 1)) {
      throw new IllegalArgumentException("persistence must be in [0, 1), not " + persistence);
    }
    if (!(blend >= 0 && blend <= 1)) {
      throw new IllegalArgumentException("blend must be in [0, 1], not " + blend);
    }
  }

  /** Returns the mean sum of step lengths per octave of a frame dreamed alone, in grey levels. */
  double ascentLength() {
    return dreamer.spec().iterations() * dreamer.spec().octave().step().mean();
  }

  /** Returns whether the frame is dreamed; at strength 0 the source is shown. */
  boolean isDreaming() {
    return dreamer.spec().strength() > 0;
  }

  ObjectiveShares objectives() {
    return ObjectiveShares.of(dreamer.spec());
  }

  /**
   * Returns the persistence, reduced if the objectives change: the old dream alone is already at
   * full strength and leaves no room for the new one.
   *
   * @param change of the objectives since the previous frame, 0..1
   */
  double effectivePersistence(double change) {
    return persistence * Math.max(0, 1 - ObjectiveShares.RENEWAL * change);
  }
}
