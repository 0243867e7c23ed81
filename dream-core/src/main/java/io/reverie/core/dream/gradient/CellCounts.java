package io.reverie.core.dream.gradient;

import io.reverie.core.Size;
import io.reverie.core.network.Network;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Reach;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts the cells that layers have along a side. Only the smallest image is run through the
 * network: each further stride adds one cell.
 */
final class CellCounts {

  private final Network network;
  private final Map<String, Reach> layers = new LinkedHashMap<>();
  private final long stride;
  private final int smallest;
  private final Map<Integer, Map<String, Long>> counted = new HashMap<>();

  /**
   * Prepares the count for some layers.
   *
   * @param layers layers of which no cell sees the whole image
   */
  CellCounts(Network network, Set<String> layers) {
    this.network = network;
    layers.forEach(layer -> this.layers.put(layer, network.reach(layer).orElseThrow()));
    this.stride = this.layers.values().stream().mapToLong(Reach::stride).reduce(1, CellCounts::lcm);
    this.smallest = layers.stream().mapToInt(network::minimumSide).max().orElse(1);
  }

  private static long lcm(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }

  Set<String> layers() {
    return layers.keySet();
  }

  /** Returns the least common multiple of the layers' strides, in pixels. */
  long stride() {
    return stride;
  }

  /** Returns whether the cells of a window are where the image's are only if its size fits. */
  boolean dependOnSize() {
    return network.dependsOnSize();
  }

  /** Returns the fewest pixels at which every layer has a cell. */
  int smallest() {
    return smallest;
  }

  /**
   * Returns the cells of a layer.
   *
   * @param pixels at least {@link #smallest}
   */
  LayerCells of(String layer, long pixels) {
    int less = (int) (smallest + Math.floorMod(pixels - smallest, stride));
    long own = Objects.requireNonNull(layers.get(layer)).stride();
    long count =
        Objects.requireNonNull(counted.computeIfAbsent(less, this::count).get(layer))
            + (pixels - less) / own;
    return new LayerCells(own, count, pixels);
  }

  private Map<String, Long> count(int side) {
    return network.layers(new Size(side, side)).stream()
        .filter(layer -> layers.containsKey(layer.name()))
        .collect(Collectors.toMap(Layer::name, Layer::height));
  }
}
