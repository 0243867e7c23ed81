package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.dream.image.RowBlocks;

/** The norm that a gradient is divided by. */
public enum StepRule {
  /** The mean magnitude (Google 2015): each step changes the image by the same mean amount. */
  MEAN,
  /** The standard deviation (TensorFlow's tutorial): outliers damp the rest. */
  STD;

  /**
   * Returns the norm.
   *
   * @param share share of the image that the network saw; the rest is zero and does not count
   */
  public double norm(NDArray g, RowBlocks blocks, double share) {
    return switch (this) {
      case MEAN -> blocks.meanAbs(g) / share;
      case STD -> deviation(g, blocks, share);
    };
  }

  private static double deviation(NDArray g, RowBlocks blocks, double share) {
    double mean = blocks.mean(g, rows -> exact(rows).mean().getDouble()) / share;
    double square = blocks.mean(g, rows -> exact(rows).square().mean().getDouble()) / share;
    return Math.sqrt(Math.max(0, square - mean * mean));
  }

  private static NDArray exact(NDArray x) {
    return x.toType(DataType.FLOAT64, false);
  }
}
