package io.reverie.temporal.carry;

import io.reverie.core.dream.Dreamer;
import io.reverie.video.motion.CameraMotion;

/**
 * What one frame is dreamed with; a schedule gives each frame its own.
 *
 * @param persistence k, how much of the carried dream is kept, from 0 to below 1
 * @param blend the frame's own share of the mixture in {@link TemporalMode#BLEND}, 0..1
 * @param camera moves what is carried
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

  /** The mean sum of step lengths, in grey levels, that a lone dream takes at each size. */
  double climb() {
    return dreamer.spec().iterations() * dreamer.spec().climb().step().mean();
  }

  /** At strength 0 the source is shown and nothing is dreamed. */
  boolean isDreaming() {
    return dreamer.spec().strength() > 0;
  }

  ObjectiveShares objectives() {
    return ObjectiveShares.of(dreamer.spec());
  }

  /**
   * How much of the dream before is kept, from 0 to below 1. A changing dream must not start from
   * the old one alone, which is already at full strength and leaves the new one no room.
   *
   * @param change of the objectives since the frame before, 0..1
   */
  double kept(double change) {
    return persistence * Math.max(0, 1 - ObjectiveShares.RENEWAL * change);
  }
}
