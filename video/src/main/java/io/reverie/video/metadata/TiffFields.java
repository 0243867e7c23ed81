package io.reverie.video.metadata;

import io.reverie.video.metadata.exif.TiffDirectory;
import io.reverie.video.metadata.exif.TiffEntry;
import io.reverie.video.metadata.exif.TiffTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The fields of a directory to be written, in one byte order. */
final class TiffFields {

  private final ByteOrder order;
  private final Map<Integer, Field> fields = new TreeMap<>();

  /**
   * @param pinned the position of a value that is already in the stream
   */
  private record Field(int type, long count, byte[] value, OptionalInt pinned) {

    int outside() {
      return pinned.isEmpty() && value.length > TiffEntry.ROOM ? even(value.length) : 0;
    }
  }

  TiffFields(ByteOrder order) {
    this.order = order;
  }

  private static int even(int position) {
    return position + (position & 1);
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** Copies a field of a directory in the same byte order. */
  void put(TiffDirectory directory, TiffEntry entry) {
    byte[] value = directory.value(entry);
    fields.put(entry.tag(), new Field(entry.type(), entry.count(), value, OptionalInt.empty()));
  }

  /** Sets a field whose value is at a position already. */
  void pin(TiffEntry entry, int position) {
    byte[] value = new byte[(int) entry.length()];
    fields.put(
        entry.tag(), new Field(entry.type(), entry.count(), value, OptionalInt.of(position)));
  }

  /** Sets a field whose values have one byte each. */
  void put(int tag, int type, byte[] value) {
    fields.put(tag, new Field(type, value.length, value, OptionalInt.empty()));
  }

  private void put(int tag, int type, int length, Consumer<ByteBuffer> value) {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(order);
    value.accept(bytes);
    fields.put(tag, new Field(type, 1, bytes.array(), OptionalInt.empty()));
  }

  void putShort(int tag, int value) {
    put(tag, TiffEntry.SHORT, 2, bytes -> bytes.putShort((short) value));
  }

  void putLong(int tag, long value) {
    put(tag, TiffEntry.LONG, 4, bytes -> bytes.putInt((int) value));
  }

  void putLongs(int tag, long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    Arrays.stream(values).forEach(value -> bytes.putInt((int) value));
    fields.put(tag, new Field(TiffEntry.LONG, values.length, bytes.array(), OptionalInt.empty()));
  }

  /** Sets a positive number to three or four decimals. */
  void putRational(int tag, double value) {
    int unit = value == Math.rint(value) ? 1 : value < 1e5 ? 10_000 : 1000;
    put(
        tag,
        TiffEntry.RATIONAL,
        8,
        bytes -> bytes.putInt((int) Math.round(value * unit)).putInt(unit));
  }

  /** Sets the density as TIFF and EXIF state it. */
  void put(Resolution density) {
    putRational(TiffTag.X_RESOLUTION, density.x());
    putRational(TiffTag.Y_RESOLUTION, density.y());
    putShort(TiffTag.RESOLUTION_UNIT, density.absolute() ? 2 : 1);
  }

  /** Returns the bytes of the values outside the entries. */
  int outside() {
    return fields.values().stream().mapToInt(Field::outside).sum();
  }

  /** Returns the bytes of the directory and of its values. */
  int size() {
    return outside() + 2 + fields.size() * TiffEntry.ENTRY + 4;
  }

  /**
   * Writes the values, then the directory.
   *
   * @param at an even position
   * @return the position of the directory
   */
  int write(byte[] stream, int at) {
    ByteBuffer out = ByteBuffer.wrap(stream).order(order);
    int directory = at + outside();
    int place = at;
    out.position(directory).putShort((short) fields.size());
    for (Map.Entry<Integer, Field> each : fields.entrySet()) {
      Field field = each.getValue();
      out.putShort(each.getKey().shortValue()).putShort((short) field.type());
      out.putInt((int) field.count());
      if (field.pinned().isPresent()) {
        out.putInt(field.pinned().getAsInt());
      } else if (field.outside() > 0) {
        out.putInt(place).put(place, field.value());
        place += field.outside();
      } else {
        out.put(Arrays.copyOf(field.value(), TiffEntry.ROOM));
      }
    }
    out.putInt(0);
    return directory;
  }
}
