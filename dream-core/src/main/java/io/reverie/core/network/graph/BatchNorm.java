package io.reverie.core.network.graph;

import io.reverie.core.weights.tensor.StateDict;

/**
 * A trained batch norm, {@code factor * x + shift} per channel. Uses float64, because variances
 * span many orders of magnitude.
 */
record BatchNorm(double[] factor, double[] shift) {

  /**
   * Lower bound of the factor's magnitude: too small to affect a float32 result, but large enough
   * to divide by when the convolution before the batch norm is requested.
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

  /**
   * Adds the folded tensors of a convolution: kernel times factor, the shift as bias, and the
   * factor.
   */
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
