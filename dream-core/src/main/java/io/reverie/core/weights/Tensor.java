package io.reverie.core.weights;

import java.util.Arrays;

/**
 * A tensor of a weights file.
 *
 * @param shape its sides; none for a scalar
 * @param values row-major, as many as the product of the sides
 */
public record Tensor(long[] shape, float[] values) {

  public Tensor {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s cannot have %d values"
              .formatted(Arrays.toString(shape), values.length));
    }
  }
}
