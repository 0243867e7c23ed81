package io.reverie.core.weights;

import io.reverie.core.DreamException;
import java.io.IOException;
import java.util.Arrays;

/** A tensor of a weights file. */
public final class Tensor {

  private final long[] shape;
  private final String origin;
  private final Values values;

  /** Gives a tensor's values. */
  @FunctionalInterface
  interface Values {
    float[] get() throws IOException;
  }

  /**
   * Takes values.
   *
   * @param shape its sides; none for a scalar
   * @param values row-major, as many as the product of the sides
   */
  public Tensor(long[] shape, float[] values) {
    this(shape, "memory", () -> values);
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw new IllegalArgumentException(
          "a tensor of shape %s cannot have %d values"
              .formatted(Arrays.toString(shape), values.length));
    }
  }

  /**
   * A tensor whose values are read when they are asked for.
   *
   * @param origin the file's name
   */
  Tensor(long[] shape, String origin, Values values) {
    this.shape = shape;
    this.origin = origin;
    this.values = values;
  }

  /** Its sides; none for a scalar. */
  public long[] shape() {
    return shape;
  }

  /**
   * Its values, row-major; of a file's tensor a new copy each time.
   *
   * @throws DreamException if the file cannot be read any more, or if there is too little memory
   */
  public float[] values() {
    try {
      return values.get();
    } catch (IOException e) {
      throw new DreamException(
          "cannot read the weights %s: %s".formatted(origin, e.getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new DreamException(
          "the weights %s have a tensor of shape %s, for which there is too little memory; give Java more with -Xmx"
              .formatted(origin, Arrays.toString(shape)),
          e);
    }
  }
}
