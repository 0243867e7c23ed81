package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.network.graph.evaluation.Head;
import io.reverie.core.objective.Objective;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Statistics of the whole image, collected in a pass over its tiles before the gradient. Sums are
 * computed in float64 in a fixed order of tiles.
 *
 * @param means channel means by layer, for objectives that need them
 * @param pooled output of the adaptive pooling of the whole image, for objectives after it
 */
record GlobalStatistics(Map<String, float[]> means, Optional<NDArray> pooled) {

  /**
   * Runs over all tiles, if any statistic is needed.
   *
   * @param objectives objectives whose cells see a part of the image
   * @param head the pooling to compute
   * @param scope owns the pooled tensor
   */
  static GlobalStatistics of(
      TileScan tiles, Iterable<Objective> objectives, Optional<Head> head, NDManager scope) {
    Set<String> compared = new HashSet<>();
    for (Objective objective : objectives) {
      if (objective.needsChannelMeans()) {
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
    NDArray share = new AdaptivePooling(head.bins()).share(piece.a(), piece.extent());
    return share.toType(DataType.FLOAT64, true);
  }

  private static NDArray sum(NDArray before, NDArray share, NDManager scope) {
    if (before == null) {
      share.attach(scope);
      return share;
    }
    return before.addi(share);
  }

  /** Adds the contribution of a piece to the channel means of its layer. */
  private static void add(TileCells.Piece piece, Map<String, double[]> sums) {
    double cells = (double) piece.extent().height() * piece.extent().width();
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
