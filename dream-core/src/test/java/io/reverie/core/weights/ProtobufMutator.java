package io.reverie.core.weights;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes messages but keeps their frames intact, so that a reader gets past them: other integers,
 * other bytes, fields twice, missing or swapped.
 */
public final class ProtobufMutator {

  private static final long[] INTEGERS = {
    0, 1, 2, 3, 5, 7, 64, 127, 128, 4096, 65536, -1, -2, 1L << 31, 1L << 40, Long.MAX_VALUE
  };

  private static final int DEEPEST = 6;

  private final SplittableRandom random;

  /** A field: an integer, four or eight bytes, a text, or a message. */
  private static final class Field {
    private final int number;
    private final int wire;
    private long integer;
    private byte[] bytes = {};
    private List<Field> message = new ArrayList<>();
    private boolean isMessage;

    Field(int number, int wire) {
      this.number = number;
      this.wire = wire;
    }
  }

  public ProtobufMutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns a changed message. */
  public byte[] changed(byte[] message) {
    List<Field> tree = parsed(message, 0, message.length, 0);
    List<List<Field>> all = new ArrayList<>();
    collect(tree, all);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      change(all.get(random.nextInt(all.size())));
    }
    return written(tree);
  }

  private static void collect(List<Field> tree, List<List<Field>> to) {
    if (!tree.isEmpty()) {
      to.add(tree);
    }
    tree.stream().filter(field -> field.isMessage).forEach(field -> collect(field.message, to));
  }

  private void change(List<Field> fields) {
    if (fields.isEmpty()) {
      return;
    }
    int at = random.nextInt(fields.size());
    Field field = fields.get(at);
    switch (random.nextInt(6)) {
      case 0 -> fields.remove(at);
      case 1 -> fields.add(random.nextInt(fields.size() + 1), field);
      case 2 -> {
        int other = random.nextInt(fields.size());
        fields.set(at, fields.get(other));
        fields.set(other, field);
      }
      default -> changeValue(field);
    }
  }

  private void changeValue(Field field) {
    if (field.isMessage) {
      change(field.message);
    } else if (field.wire == 0) {
      field.integer = INTEGERS[random.nextInt(INTEGERS.length)];
    } else if (field.bytes.length > 0) {
      byte[] bytes = field.bytes.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      boolean shorter = field.wire == 2 && random.nextInt(4) == 0;
      field.bytes = shorter ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
  }

  /** Parses a message; null if it is none. */
  private static List<Field> parsed(byte[] in, int from, int to, int depth) {
    List<Field> fields = new ArrayList<>();
    int[] at = {from};
    while (at[0] < to) {
      long tag = varint(in, at, to);
      Field field = new Field((int) (tag >>> 3), (int) (tag & 7));
      if (tag <= 0 || field.number == 0 || field.number > 100) {
        return null;
      }
      int length;
      switch (field.wire) {
        case 0 -> {
          field.integer = varint(in, at, to);
          length = 0;
        }
        case 1 -> length = 8;
        case 5 -> length = 4;
        case 2 -> length = (int) varint(in, at, to);
        default -> {
          return null;
        }
      }
      if (at[0] < 0 || length < 0 || length > to - at[0]) {
        return null;
      }
      field.bytes = Arrays.copyOfRange(in, at[0], at[0] + length);
      if (field.wire == 2 && length > 0 && depth < DEEPEST) {
        List<Field> message = parsed(in, at[0], at[0] + length, depth + 1);
        field.isMessage = message != null;
        field.message = message == null ? field.message : message;
      }
      at[0] += length;
      fields.add(field);
    }
    return fields;
  }

  private static long varint(byte[] in, int[] at, int to) {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at[0] >= to) {
        at[0] = -1;
        return -1;
      }
      byte next = in[at[0]];
      at[0]++;
      value |= (long) (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
    at[0] = -1;
    return -1;
  }

  private static byte[] written(List<Field> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : fields) {
      varint(out, ((long) field.number << 3) | field.wire);
      byte[] bytes = field.isMessage ? written(field.message) : field.bytes;
      switch (field.wire) {
        case 0 -> varint(out, field.integer);
        case 2 -> {
          varint(out, bytes.length);
          out.writeBytes(bytes);
        }
        default -> out.writeBytes(bytes);
      }
    }
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~127L) != 0) {
      out.write((int) ((left & 127) | 128));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
