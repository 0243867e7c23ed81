package io.reverie.core.weights.tensor;

import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The layout of a tensor in its storage.
 *
 * @param type of an element
 * @param offset of the first element, in elements
 * @param shape dimensions
 * @param strides in elements
 */
public record TensorLayout(ElementType type, long offset, long[] shape, long[] strides) {

  public static final int MAX_DIMENSIONS = 8;

  /** The limit of a Java array. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final int CHUNK = 1 << 20;

  public static TensorLayout contiguous(ElementType type, long[] shape) {
    return new TensorLayout(type, 0, shape, rowMajor(shape));
  }

  private static long[] rowMajor(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride = Math.multiplyExact(stride, Math.max(1, shape[i]));
    }
    return strides;
  }

  /**
   * Returns the same elements with their dimensions in another order.
   *
   * @param sides for each dimension of the new layout, the number of its dimension in this one
   */
  public TensorLayout permuted(int... sides) {
    long[] newShape = new long[sides.length];
    long[] newStrides = new long[sides.length];
    for (int i = 0; i < sides.length; i++) {
      newShape[i] = shape[sides[i]];
      newStrides[i] = strides[sides[i]];
    }
    return new TensorLayout(type, offset, newShape, newStrides);
  }

  public long elements() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Returns the size of a contiguous copy in bytes. */
  public long bytes() {
    return elements() * type.bytes();
  }

  /**
   * Returns the tensor in a storage; its values are read on demand.
   *
   * @throws MalformedWeights if it exceeds the storage
   */
  public Tensor in(Region storage) throws MalformedWeights {
    long count = storage.length() / type.bytes();
    if (!isWithin(count)) {
      throw new MalformedWeights(
          "a tensor of shape %s with strides %s at %d exceeds its storage of %d"
              .formatted(Arrays.toString(shape), Arrays.toString(strides), offset, count));
    }
    if (elements() > MAX_BYTES || (!isRowMajor() && span() > MAX_BYTES)) {
      throw new MalformedWeights(
          "a tensor of shape %s is too large".formatted(Arrays.toString(shape)));
    }
    return new Tensor(shape, storage.source().name(), () -> values(storage));
  }

  /**
   * Returns whether the tensor is inside its storage. A stride of 0 may repeat elements, but no
   * tensor may be larger than its storage.
   */
  private boolean isWithin(long count) {
    if (shape.length != strides.length
        || shape.length > MAX_DIMENSIONS
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

  /** Returns the bytes from the first element to the last. */
  private long span() {
    return elements() == 0 ? 0 : (last() - offset + 1) * type.bytes();
  }

  /** Returns whether the elements are contiguous; strides of dimensions of length 1 are ignored. */
  private boolean isRowMajor() {
    long[] expected = elements() == 0 ? strides : rowMajor(shape);
    for (int d = 0; d < shape.length; d++) {
      if (shape[d] != 1 && strides[d] != expected[d]) {
        return false;
      }
    }
    return true;
  }

  float[] values(Region storage) throws IOException {
    float[] values = new float[(int) elements()];
    long first = storage.position() + offset * type.bytes();
    if (isRowMajor()) {
      inOrder(storage.source(), first, values);
    } else {
      strided(storage.source().read(first, (int) span()), values);
    }
    return values;
  }

  /** Returns the elements of a storage in memory. */
  float[] of(float[] storage) {
    if (isRowMajor()) {
      return storage;
    }
    float[] values = new float[(int) elements()];
    long[] index = new long[shape.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = storage[(int) at(index)];
      advance(index);
    }
    return values;
  }

  private void inOrder(Source source, long first, float[] values) throws IOException {
    int each = Math.min(values.length, CHUNK / type.bytes());
    ByteBuffer chunk = ByteBuffer.allocate(each * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += each) {
      int count = Math.min(each, values.length - from);
      source.read(first + (long) from * type.bytes(), chunk.clear().limit(count * type.bytes()));
      for (int i = 0; i < count; i++) {
        values[from + i] = type.read(chunk, i * type.bytes());
      }
    }
  }

  private void strided(ByteBuffer span, float[] values) {
    long[] index = new long[shape.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.read(span, (int) (at(index) * type.bytes()));
      advance(index);
    }
  }

  private long at(long[] index) {
    long at = 0;
    for (int d = 0; d < shape.length; d++) {
      at += index[d] * strides[d];
    }
    return at;
  }

  private void advance(long[] index) {
    for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
      index[d] = 0;
    }
  }
}
