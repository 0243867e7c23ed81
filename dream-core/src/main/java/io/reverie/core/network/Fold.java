package io.reverie.core.network;

import io.reverie.core.weights.StateDict;
import io.reverie.core.weights.Tensor;

/**
 * How a convolution's tensors come out of the weights file: as they stand, or with the batch norm
 * that follows folded in, which halves the memory traffic of a step.
 *
 * @param batchNorm the batch norm's key; empty where there is none
 * @param epsilon what the batch norm adds to the variance
 */
record Fold(String batchNorm, double epsilon) {

  static final Fold NONE = new Fold("", 0);

  void load(Op.Conv conv, StateDict weights, Parameters.Builder parameters) {
    if (batchNorm.isEmpty()) {
      parameters.put(
          weights, conv.key() + ".weight", conv.out(), conv.in(), conv.kernel(), conv.kernel());
      parameters.put(weights, conv.key() + ".bias", conv.out());
    } else {
      folded(conv, weights, parameters);
    }
  }

  /** In float64, since variances span many orders of magnitude. */
  private void folded(Op.Conv conv, StateDict weights, Parameters.Builder parameters) {
    Tensor kernel = weights.get(conv.key() + ".weight");
    float[] gamma = weights.get(batchNorm + ".weight").values();
    float[] beta = weights.get(batchNorm + ".bias").values();
    float[] mean = weights.get(batchNorm + ".running_mean").values();
    float[] variance = weights.get(batchNorm + ".running_var").values();
    double[] w = new double[kernel.values().length];
    double[] b = new double[conv.out()];
    int perChannel = w.length / conv.out();
    for (int c = 0; c < conv.out(); c++) {
      double factor = gamma[c] / Math.sqrt(variance[c] + epsilon);
      b[c] = beta[c] - mean[c] * factor;
      for (int i = c * perChannel; i < (c + 1) * perChannel; i++) {
        w[i] = kernel.values()[i] * factor;
      }
    }
    parameters.put(conv.key() + ".weight", w, conv.out(), conv.in(), conv.kernel(), conv.kernel());
    parameters.put(conv.key() + ".bias", b, conv.out());
  }
}
