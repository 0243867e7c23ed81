package io.reverie.core.network;

import io.reverie.core.DreamException;
import java.util.List;

/** The complaint about a layer that a network has not. */
final class UnknownLayer {

  private UnknownLayer() {}

  static void unlessIn(List<String> layers, String wanted, String network) {
    if (!layers.contains(wanted)) {
      throw new DreamException(
          "the network %s has no layer '%s'; its layers are %s"
              .formatted(network, wanted, String.join(", ", layers)));
    }
  }
}
