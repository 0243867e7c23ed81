package io.reverie.core.network.graph;

import io.reverie.core.weights.StateDict;

/**
 * A trained batch norm: {@code factor * x + shift} for each channel. In float64, since variances
 * span many orders of magnitude.
 */
record BatchNorm(double[] factor, double[] shift) {

  /**
   * Below it a factor is taken for it: too small for float32 to see in what comes out, but enough
   * to divide by where the convolution before the batch norm is asked for.
   */
  private static final double SMALLEST = 1e-15;

  static BatchNorm of(String key, int channels, double epsilon, StateDict weights) {
    float[] gamma = weights.get(key + ".weight", channels).values();
    float[] beta = weights.get(key + ".bias", channels).values();
    float[] mean = weights.get(key + ".running_mean", channels).values();
    float[] variance = weights.get(key + ".running_var", channels).values();
    double[] factor = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      double exact = gamma[c] / Math.sqrt(variance[c] + epsilon);
      factor[c] = Math.abs(exact) < SMALLEST ? SMALLEST : exact;
      shift[c] = beta[c] - mean[c] * exact;
    }
    return new BatchNorm(factor, shift);
  }

  /** Puts a convolution's kernel times the factor, the shift as its bias, and the factor. */
  void fold(Step.NormedConv conv, StateDict weights, Parameters.Builder parameters) {
    SlidingWindow window = conv.window();
    long[] shape = {conv.out(), conv.in(), window.height(), window.width()};
    float[] kernel = weights.get(conv.key() + ".weight", shape).values();
    double[] folded = new double[kernel.length];
    int perChannel = kernel.length / conv.out();
    for (int i = 0; i < kernel.length; i++) {
      folded[i] = kernel[i] * factor[i / perChannel];
    }
    parameters.put(conv.key() + ".weight", folded, shape);
    parameters.put(conv.key() + ".bias", shift, conv.out());
    parameters.put(conv.key() + ".factor", factor, 1, conv.out(), 1, 1);
  }
}
