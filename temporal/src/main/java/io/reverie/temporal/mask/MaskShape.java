package io.reverie.temporal.mask;

import io.reverie.core.Size;
import io.reverie.video.still.Plane;
import java.util.Arrays;
import java.util.Optional;

/**
 * From what is drawn to what counts: with d the drawn mask times the alpha, inverted and feathered
 * if wanted, {@code m = 1 - strength (1 - d)}.
 */
record MaskShape(MaskSettings spec) {

  /** What rounding leaves of black and white is black and white. */
  private static final double ROUNDING = 1e-4;

  /**
   * The weights of a mask.
   *
   * @param drawn in 0..255, white dreams; all white if empty
   * @param alpha in 0..255, the same
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
    float[] counting = new float[soft.length];
    for (int i = 0; i < soft.length; i++) {
      counting[i] = rounded(1 - spec.strength() * (1 - rounded(soft[i])));
    }
    return counting;
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
