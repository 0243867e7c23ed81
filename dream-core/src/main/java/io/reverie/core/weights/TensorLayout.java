package io.reverie.core.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How a tensor lies in its storage.
 *
 * @param type of an element
 * @param offset of the first element, in elements
 * @param shape its sides
 * @param strides in elements
 */
record TensorLayout(ElementType type, long offset, long[] shape, long[] strides) {

  static TensorLayout contiguous(ElementType type, long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride = Math.multiplyExact(stride, Math.max(1, shape[i]));
    }
    return new TensorLayout(type, 0, shape, strides);
  }

  long elements() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Copies the tensor out of its storage, row-major. */
  Tensor read(ByteBuffer storage) throws MalformedWeights {
    requireWithin(storage.limit() / type.bytes());
    float[] values = new float[Math.toIntExact(elements())];
    long[] index = new long[shape.length];
    for (int i = 0; i < values.length; i++) {
      long at = offset;
      for (int d = 0; d < shape.length; d++) {
        at += index[d] * strides[d];
      }
      values[i] = type.read(storage, Math.toIntExact(at * type.bytes()));
      advance(index);
    }
    return new Tensor(shape, values);
  }

  private void advance(long[] index) {
    for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
      index[d] = 0;
    }
  }

  private void requireWithin(long count) throws MalformedWeights {
    if (!isWithin(count)) {
      throw new MalformedWeights(
          "a tensor of shape %s with strides %s at %d lies outside its storage of %d"
              .formatted(Arrays.toString(shape), Arrays.toString(strides), offset, count));
    }
  }

  /** A stride of 0 may repeat elements, but a small file cannot claim a tensor larger than it. */
  private boolean isWithin(long count) {
    if (shape.length != strides.length
        || shape.length > 8
        || offset < 0
        || Arrays.stream(shape).anyMatch(n -> n < 0)
        || Arrays.stream(strides).anyMatch(n -> n < 0)) {
      return false;
    }
    try {
      return elements() == 0 || (elements() <= count && last() < count);
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private long last() {
    long last = offset;
    for (int d = 0; d < shape.length; d++) {
      last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
    }
    return last;
  }
}
