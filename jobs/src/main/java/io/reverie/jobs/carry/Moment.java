package io.reverie.jobs.carry;

import io.reverie.core.dream.Climb;
import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.spec.VideoSpec;

/**
 * What a frame is dreamed with; a schedule makes it another one for each.
 *
 * @param video of which the carry and the blend may change from frame to frame
 */
public record Moment(Dreamer dreamer, VideoSpec video) {

  /** Grey levels that a lone dream climbs at each size. */
  double climb() {
    Climb climb = dreamer.spec().climb();
    return climb.iterations() * (climb.step().from() + climb.step().to()) / 2;
  }

  /** A frame at strength 0 is shown as it is, and nothing is dreamed. */
  boolean isDreaming() {
    return dreamer.spec().strength() > 0;
  }
}
