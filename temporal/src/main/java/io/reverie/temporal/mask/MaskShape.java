package io.reverie.temporal.mask;

import io.reverie.core.Size;
import io.reverie.video.still.Plane;
import java.util.Arrays;
import java.util.Optional;

/**
 * Converts a drawn mask to weights: with d the drawn mask times alpha, inverted and feathered as
 * configured, {@code m = 1 - strength (1 - d)}.
 */
record MaskShape(MaskSettings spec) {

  /** Weights this close to 0 or 1 are snapped. */
  private static final double ROUNDING = 1e-4;

  /**
   * Returns the weights of a mask.
   *
   * @param drawn 0..255, white areas dream; all white if empty
   * @param alpha 0..255; opaque if empty
   */
  float[] of(Optional<Plane> drawn, Optional<Plane> alpha, Size size) {
    float[] weights = new float[size.height() * size.width()];
    Arrays.fill(weights, 1);
    drawn.ifPresent(plane -> multiply(weights, plane));
    alpha.ifPresent(plane -> multiply(weights, plane));
    if (spec.invert()) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = 1 - weights[i];
      }
    }
    float[] soft = new Plane(size.width(), size.height(), weights).blurred(spec.feather()).values();
    float[] effective = new float[soft.length];
    for (int i = 0; i < soft.length; i++) {
      effective[i] = rounded(1 - spec.strength() * (1 - rounded(soft[i])));
    }
    return effective;
  }

  private static void multiply(float[] weights, Plane plane) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= plane.values()[i] / 255;
    }
  }

  private static float rounded(double weight) {
    if (weight < ROUNDING) {
      return 0;
    }
    return weight > 1 - ROUNDING ? 1 : (float) weight;
  }
}
