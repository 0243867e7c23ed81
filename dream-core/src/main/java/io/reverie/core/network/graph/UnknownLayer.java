package io.reverie.core.network.graph;

import io.reverie.core.DreamException;
import io.reverie.core.NearestNames;
import java.util.Collection;

/** The complaint about a layer that a network has not. */
public final class UnknownLayer {

  private UnknownLayer() {}

  public static void unlessIn(Collection<String> layers, String wanted, String network) {
    if (!layers.contains(wanted)) {
      throw new DreamException(
          "the network %s has no layer '%s'; the nearest of its %d layers are %s"
              .formatted(network, wanted, layers.size(), NearestNames.of(layers, wanted)));
    }
  }
}
