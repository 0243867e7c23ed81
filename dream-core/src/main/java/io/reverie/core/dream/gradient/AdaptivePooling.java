package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.objective.LayerExtent;

/**
 * The pooling of a whole layer into means of its parts, done piece by piece; see {@link
 * io.reverie.core.network.graph.Head} for the parts.
 *
 * @param bins on a side
 */
record AdaptivePooling(int bins) {

  /** What a piece (1, C, h, w) adds to the pooled layer: (1, C, bins, bins). */
  NDArray share(NDArray piece, LayerExtent whole) {
    return rows(piece, whole).matMul(piece).matMul(columns(piece, whole).transpose());
  }

  /**
   * What the pooled layer's derivative is for the cells of a piece.
   *
   * @param derivative (1, C, bins, bins)
   * @param piece (1, C, h, w), for its shape
   */
  NDArray spread(NDArray derivative, NDArray piece, LayerExtent whole) {
    return rows(piece, whole).transpose().matMul(derivative).matMul(columns(piece, whole));
  }

  private NDArray rows(NDArray piece, LayerExtent whole) {
    return weights(piece, whole.height(), whole.top(), (int) piece.getShape().get(2));
  }

  private NDArray columns(NDArray piece, LayerExtent whole) {
    return weights(piece, whole.width(), whole.left(), (int) piece.getShape().get(3));
  }

  /** How much each cell of a piece counts in each bin: (bins, count). */
  private NDArray weights(NDArray like, long all, long begin, int count) {
    float[] weights = new float[bins * count];
    for (int bin = 0; bin < bins; bin++) {
      long from = bin * all / bins;
      long to = -Math.floorDiv(-(bin + 1) * all, (long) bins);
      for (int i = 0; i < count; i++) {
        boolean inside = begin + i >= from && begin + i < to;
        weights[bin * count + i] = inside ? 1f / (to - from) : 0;
      }
    }
    return like.getManager()
        .create(weights, new Shape(bins, count))
        .toType(like.getDataType(), false);
  }
}
