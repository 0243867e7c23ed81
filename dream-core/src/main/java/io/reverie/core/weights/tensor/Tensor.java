package io.reverie.core.weights.tensor;

import io.reverie.core.DreamException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A tensor of a weights file. */
public final class Tensor {

  private static final int CHUNK = 1 << 14;

  private final long[] shape;
  private final String origin;
  private final Values values;

  /** Reads the values of a tensor. */
  @FunctionalInterface
  interface Values {
    float[] get() throws IOException;
  }

  /**
   * Creates a tensor of values in memory.
   *
   * @param shape dimensions; empty for a scalar
   * @param values row-major, as many as the product of the dimensions
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
   * Creates a tensor whose values are read on demand.
   *
   * @param origin name of the file in error messages
   */
  Tensor(long[] shape, String origin, Values values) {
    this.shape = shape;
    this.origin = origin;
    this.values = values;
  }

  /** Returns the dimensions; empty for a scalar. */
  public long[] shape() {
    return shape;
  }

  /**
   * Returns the SHA-256 of the values as little-endian float32, row-major: the same for the same
   * values in any container.
   */
  public String sha256() {
    float[] floats = values();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int from = 0; from < floats.length; from += CHUNK) {
        int count = Math.min(CHUNK, floats.length - from);
        bytes.clear().asFloatBuffer().put(floats, from, count);
        digest.update(bytes.limit(count * Float.BYTES));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the values, row-major; a tensor of a file is read again on each call.
   *
   * @throws DreamException if the file has become unreadable or memory is too small
   */
  public float[] values() {
    try {
      return values.get();
    } catch (IOException e) {
      throw new DreamException(
          "cannot read the weights %s: %s".formatted(origin, e.getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new DreamException(
          "not enough memory for the tensor of shape %2$s in the weights %1$s; raise Java's -Xmx"
              .formatted(origin, Arrays.toString(shape)),
          e);
    }
  }
}
