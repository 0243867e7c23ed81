package io.reverie.core.dream.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.dream.image.RowBlocks;

/** What a gradient is divided by before it becomes a step. */
public enum StepRule {
  /** The mean of its magnitudes (Google 2015): a step changes the image by so much on average. */
  MEAN,
  /** Its standard deviation (TensorFlow's tutorial): outliers make the rest calmer. */
  STD;

  /**
   * The divisor.
   *
   * @param share of the image that was seen; the rest is zero and does not count
   */
  public double of(NDArray g, RowBlocks strips, double share) {
    return switch (this) {
      case MEAN -> strips.meanAbs(g) / share;
      case STD -> deviation(g, strips, share);
    };
  }

  private static double deviation(NDArray g, RowBlocks strips, double share) {
    double mean = strips.mean(g, rows -> exact(rows).mean().getDouble()) / share;
    double square = strips.mean(g, rows -> exact(rows).square().mean().getDouble()) / share;
    return Math.sqrt(Math.max(0, square - mean * mean));
  }

  private static NDArray exact(NDArray x) {
    return x.toType(DataType.FLOAT64, false);
  }
}
