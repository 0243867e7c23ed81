package io.reverie.jobs.network;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.spec.ResolvedSpec;

/** Creates dreamers for stills. */
public final class Dreamers {

  private Dreamers() {}

  /**
   * Refuses, before any work, what {@link #of} would refuse in each task.
   *
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network does not
   *     have
   * @throws UserException for a guide that cannot be read
   */
  public static void requireLayers(ResolvedSpec resolved) {
    of(resolved, "cpu");
  }

  /**
   * Creates a dreamer; a changing guide is represented by its first image.
   *
   * @param device such as cpu or gpu0
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network does not
   *     have
   * @throws UserException for a guide that cannot be read
   */
  public static Dreamer of(ResolvedSpec resolved, String device) {
    return first(new DreamerFactory(resolved, device));
  }

  /**
   * Likewise, for dreams that share passes of the network with others on the same device of this
   * JVM.
   */
  public static Dreamer of(ResolvedSpec resolved, String device, BatchSize batch) {
    return first(new DreamerFactory(resolved, device, batch));
  }

  private static Dreamer first(DreamerFactory factory) {
    try (factory) {
      return factory.stills();
    }
  }
}
