package io.reverie.core.network.graph.evaluation;

import java.util.Set;

/**
 * The pooling between a network's convolutions and its classifier.
 *
 * @param trunk layer whose maps are pooled
 * @param layers that are computed from the pooled maps
 * @param bins cells per side after pooling: cell i is the mean of rows or columns {@code floor(i *
 *     n / bins)} to {@code ceil((i + 1) * n / bins)} of n, as in PyTorch's adaptive average pooling
 */
public record Head(String trunk, Set<String> layers, int bins) {

  public Head {
    layers = Set.copyOf(layers);
  }
}
