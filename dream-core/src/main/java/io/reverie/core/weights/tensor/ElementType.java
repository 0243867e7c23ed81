package io.reverie.core.weights.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Number types in weights files; all are converted to float32. */
public enum ElementType {
  F64(8, "F64", "DoubleStorage") {
    @Override
    public float read(ByteBuffer from, int at) {
      return (float) from.getDouble(at);
    }
  },
  F32(4, "F32", "FloatStorage") {
    @Override
    public float read(ByteBuffer from, int at) {
      return from.getFloat(at);
    }
  },
  F16(2, "F16", "HalfStorage") {
    @Override
    public float read(ByteBuffer from, int at) {
      return halfToFloat(from.getShort(at));
    }
  },
  BF16(2, "BF16", "BFloat16Storage") {
    @Override
    public float read(ByteBuffer from, int at) {
      return Float.intBitsToFloat(from.getShort(at) << 16);
    }
  },
  I64(8, "I64", "LongStorage") {
    @Override
    public float read(ByteBuffer from, int at) {
      return from.getLong(at);
    }
  },
  I32(4, "I32", "IntStorage") {
    @Override
    public float read(ByteBuffer from, int at) {
      return from.getInt(at);
    }
  };

  private final int bytes;
  private final String safetensors;
  private final String torch;

  ElementType(int bytes, String safetensors, String torch) {
    this.bytes = bytes;
    this.safetensors = safetensors;
    this.torch = torch;
  }

  /** Returns the size of an element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Reads the element at a byte offset. */
  public abstract float read(ByteBuffer from, int at);

  public static Optional<ElementType> ofSafetensors(String name) {
    for (ElementType type : values()) {
      if (type.safetensors.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  public static Optional<ElementType> ofTorch(String storage) {
    for (ElementType type : values()) {
      if (type.torch.equals(storage)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Converts IEEE 754 binary16, including subnormals, infinities and NaN. */
  private static float halfToFloat(short half) {
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    float sign = half < 0 ? -1f : 1f;
    if (exponent == 0) {
      return sign * mantissa * 0x1p-24f;
    }
    if (exponent == 0x1f) {
      return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * Math.scalb(1 + mantissa / 1024f, exponent - 15);
  }
}
