package io.reverie.core.dream.image;

import io.reverie.core.Size;
import java.util.Arrays;

/**
 * The pixels of an image that dream, and how strongly.
 *
 * @param size the size of the ascent
 * @param weights the share of each step that a pixel takes: {@code height * width} values in 0..1;
 *     0 leaves a pixel bit-identical
 */
public record Mask(Size size, float[] weights) {

  public Mask {
    if (weights.length != size.height() * size.width()) {
      throw new IllegalArgumentException(
          "a mask of %s px cannot have %d values".formatted(size, weights.length));
    }
    for (float weight : weights) {
      if (!(weight >= 0 && weight <= 1)) {
        throw new IllegalArgumentException("a mask's weight must be from 0 to 1, not " + weight);
      }
    }
  }

  /** Returns a mask that dreams everywhere. */
  public static Mask whole(Size size) {
    float[] weights = new float[size.height() * size.width()];
    Arrays.fill(weights, 1);
    return new Mask(size, weights);
  }

  /** Returns whether every weight is 1. */
  public boolean isWhole() {
    for (float weight : weights) {
      if (weight < 1) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether every weight is 0. */
  public boolean isEmpty() {
    for (float weight : weights) {
      if (weight > 0) {
        return false;
      }
    }
    return true;
  }

  public double mean() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum / weights.length;
  }

  /**
   * Zeroes the residual where the weight is 0; upsampling a smaller octave leaks over the mask's
   * edge.
   */
  public Residual apply(Residual residual) {
    float[] rgb = residual.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      if (weights[i / 3] == 0) {
        rgb[i] = 0;
      }
    }
    return new Residual(size, rgb);
  }
}
