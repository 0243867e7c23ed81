package io.reverie.core.dream.image;

import io.reverie.core.Size;
import java.util.Arrays;

/**
 * Where a picture may dream, and how strongly.
 *
 * @param size that is dreamed at
 * @param weights what part of each step every place takes: {@code height * width} values in 0..1; a
 *     place of 0 is left as it is, to the last bit
 */
public record Mask(Size size, float[] weights) {

  public Mask {
    if (weights.length != size.height() * size.width()) {
      throw new IllegalArgumentException(
          "a mask of %s px cannot have %d values".formatted(size, weights.length));
    }
    for (float weight : weights) {
      if (!(weight >= 0 && weight <= 1)) {
        throw new IllegalArgumentException("a mask's weight is from 0 to 1, not " + weight);
      }
    }
  }

  /** All of a picture. */
  public static Mask whole(Size size) {
    float[] weights = new float[size.height() * size.width()];
    Arrays.fill(weights, 1);
    return new Mask(size, weights);
  }

  /** Whether all places dream fully. */
  public boolean isWhole() {
    for (float weight : weights) {
      if (weight < 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether no place dreams at all. */
  public boolean isEmpty() {
    for (float weight : weights) {
      if (weight > 0) {
        return false;
      }
    }
    return true;
  }

  /** The mean weight. */
  public double mean() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum / weights.length;
  }

  /** Takes back what reached a place that does not dream: the edge of a smaller octave. */
  public Residual cut(Residual residual) {
    float[] rgb = residual.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      if (weights[i / 3] == 0) {
        rgb[i] = 0;
      }
    }
    return new Residual(size, rgb);
  }
}
