package io.reverie.core.dream.prior;

import io.reverie.core.DreamException;

/**
 * Adds a blurred copy of the gradient to each step: smoother areas, stronger colours.
 *
 * @param weight weight of the blurred gradient relative to the plain one; 0 disables smoothing
 * @param sigma of the Gaussian in pixels of the octave, above 0 and at most 100
 */
public record Smoothing(double weight, double sigma) {

  public Smoothing {
    if (!(weight >= 0) || !Double.isFinite(weight)) {
      throw new DreamException("smoothing.weight must be 0 or more, not " + weight);
    }
    if (!(sigma > 0) || sigma > 100) {
      throw new DreamException("smoothing.sigma must be above 0 and at most 100, not " + sigma);
    }
  }
}
