package io.reverie.jobs.carry;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.video.motion.Camera;

/**
 * What a frame is dreamed with; a schedule makes it another one for each.
 *
 * @param video of which the carry and the blend may change from frame to frame
 * @param camera moves what is carried
 */
public record Moment(Dreamer dreamer, VideoSpec video, Camera camera) {

  /** Grey levels that a lone dream climbs at each size. */
  double climb() {
    return dreamer.spec().iterations() * dreamer.spec().climb().step().mean();
  }

  /** A frame at strength 0 is shown as it is, and nothing is dreamed. */
  boolean isDreaming() {
    return dreamer.spec().strength() > 0;
  }
}
