package io.reverie.core.network;

import io.reverie.core.DreamException;
import java.util.Collection;

/** The complaint about a layer that a network has not. */
final class UnknownLayer {

  private UnknownLayer() {}

  static void unlessIn(Collection<String> layers, String wanted, String network) {
    if (!layers.contains(wanted)) {
      throw new DreamException(
          "the network %s has no layer '%s'; the nearest of its %d layers are %s"
              .formatted(network, wanted, layers.size(), Nearest.of(layers, wanted)));
    }
  }
}
