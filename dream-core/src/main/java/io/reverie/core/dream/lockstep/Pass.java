package io.reverie.core.dream.lockstep;

import io.reverie.core.network.Network;
import java.util.Set;

/**
 * A pass of a network, forward and backward. Images whose passes are equal can share one.
 *
 * @param layers those with an objective
 * @param height of what the network sees, in pixels
 * @param width likewise
 * @param shared false if the image must pass alone, because it is tiled, scaled or rotated
 */
public record Pass(Network network, Set<String> layers, long height, long width, boolean shared) {

  public Pass {
    layers = Set.copyOf(layers);
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a network cannot see %d x %d px".formatted(width, height));
    }
  }

  public long pixels() {
    return height * width;
  }
}
