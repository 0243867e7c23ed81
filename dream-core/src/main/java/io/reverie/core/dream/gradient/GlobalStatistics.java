package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.network.graph.Head;
import io.reverie.core.objective.Objective;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the whole before its tiles are gone through for the gradient. Sums are made tile
 * by tile in one order, in float64.
 *
 * @param means of the channels, by layer, where objectives compare them
 * @param pooled what the pooling of the whole image gives out, where objectives are behind it
 */
record GlobalStatistics(Map<String, float[]> means, Optional<NDArray> pooled) {

  /**
   * Looks at all tiles, if anything is asked for.
   *
   * @param objectives whose cells see a part of the image
   * @param head to be pooled
   * @param scope of the result
   */
  static GlobalStatistics of(
      TileScan tiles, Iterable<Objective> objectives, Optional<Head> head, NDManager scope) {
    Set<String> compared = new HashSet<>();
    for (Objective objective : objectives) {
      if (objective.comparesChannels()) {
        compared.add(objective.layer());
      }
    }
    Set<String> layers = new HashSet<>(compared);
    head.ifPresent(h -> layers.add(h.trunk()));
    Map<String, double[]> sums = new HashMap<>();
    NDArray[] pooled = {null};
    tiles.forward(
        layers,
        Map.of(),
        piece -> {
          if (compared.contains(piece.layer())) {
            add(piece, sums);
          }
          head.filter(h -> h.trunk().equals(piece.layer()))
              .ifPresent(h -> pooled[0] = sum(pooled[0], share(piece, h), scope));
        });
    Map<String, float[]> means = new HashMap<>();
    sums.forEach((layer, sum) -> means.put(layer, floats(sum)));
    DataType type = tiles.view().image().getDataType();
    return new GlobalStatistics(
        means, Optional.ofNullable(pooled[0]).map(p -> p.toType(type, true)));
  }

  private static NDArray share(TileCells.Piece piece, Head head) {
    NDArray share = new AdaptivePooling(head.bins()).share(piece.a(), piece.whole());
    return share.toType(DataType.FLOAT64, true);
  }

  private static NDArray sum(NDArray before, NDArray share, NDManager scope) {
    if (before == null) {
      share.attach(scope);
      return share;
    }
    return before.addi(share);
  }

  /** A piece's part of the means of its layer's channels. */
  private static void add(TileCells.Piece piece, Map<String, double[]> sums) {
    double cells = (double) piece.whole().height() * piece.whole().width();
    double[] own =
        piece.a().toType(DataType.FLOAT64, false).sum(new int[] {0, 2, 3}).toDoubleArray();
    double[] sum = sums.computeIfAbsent(piece.layer(), layer -> new double[own.length]);
    for (int channel = 0; channel < own.length; channel++) {
      sum[channel] += own[channel] / cells;
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
