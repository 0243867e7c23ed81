package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.objective.LayerExtent;

/**
 * Adaptive average pooling of a layer that is computed tile by tile; see {@link
 * io.reverie.core.network.graph.evaluation.Head} for the bins.
 *
 * @param bins number of bins per side
 */
record AdaptivePooling(int bins) {
  AdaptivePooling {
    if (bins < 1) {
      throw new IllegalArgumentException("pooling needs at least 1 bin, not %d".formatted(bins));
    }
  }

  /** Returns the contribution of a piece (1, C, h, w) to the pooled layer, (1, C, bins, bins). */
  NDArray share(NDArray piece, LayerExtent extent) {
    return rows(piece, extent).matMul(piece).matMul(columns(piece, extent).transpose());
  }

  /**
   * Returns the derivative at the cells of a piece.
   *
   * @param derivative (1, C, bins, bins), with respect to the pooled layer
   * @param piece (1, C, h, w); only its shape matters
   */
  NDArray spread(NDArray derivative, NDArray piece, LayerExtent extent) {
    return rows(piece, extent).transpose().matMul(derivative).matMul(columns(piece, extent));
  }

  private NDArray rows(NDArray piece, LayerExtent extent) {
    return weights(piece, extent.height(), extent.top(), (int) piece.getShape().get(2));
  }

  private NDArray columns(NDArray piece, LayerExtent extent) {
    return weights(piece, extent.width(), extent.left(), (int) piece.getShape().get(3));
  }

  /** Returns the weight of each cell of a piece in each bin, (bins, count). */
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
