package io.reverie.jobs.network;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.video.series.FramePosition;

/** Creates dreamers for stills. */
public final class Dreamers {

  private Dreamers() {}

  /**
   * Creates a dreamer; a changing guide is represented by its first image.
   *
   * @param device such as cpu or gpu0
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network does not
   *     have
   * @throws UserException for a guide that cannot be read
   */
  public static Dreamer of(ResolvedSpec resolved, String device) {
    try (DreamerFactory dreamers = new DreamerFactory(resolved, device)) {
      return dreamers.of(resolved.spec(), FramePosition.BEGINNING);
    }
  }
}
