package io.reverie.core.network.graph;

import io.reverie.core.DreamException;
import io.reverie.core.text.NearestNames;
import java.util.Collection;

/** Checks the names of layers. */
public final class LayerNames {

  private LayerNames() {}

  public static void require(Collection<String> layers, String wanted, String network) {
    if (!layers.contains(wanted)) {
      throw new DreamException(
          "network %s has no layer '%s'; the nearest of its %d layers are %s"
              .formatted(network, wanted, layers.size(), NearestNames.of(layers, wanted)));
    }
  }
}
