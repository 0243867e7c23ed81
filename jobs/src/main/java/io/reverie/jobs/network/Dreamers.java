package io.reverie.jobs.network;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.video.series.FramePosition;

/** Dreamers of stills. */
public final class Dreamers {

  private Dreamers() {}

  /**
   * A dreamer of a recipe; of guides that move it sees the beginning.
   *
   * @param device "cpu" or "gpu0", "gpu1", ...
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network has not
   * @throws UserException for a guide that cannot be read
   */
  public static Dreamer of(ResolvedSpec recipe, String device) {
    try (DreamerFactory dreamers = new DreamerFactory(recipe, device)) {
      return dreamers.of(recipe.spec(), FramePosition.BEGINNING);
    }
  }
}
