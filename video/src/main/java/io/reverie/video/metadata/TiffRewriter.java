package io.reverie.video.metadata;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes the fields of an encoder's TIFF of one picture. The pixels stay where they are; the new
 * directory and its values follow them, and replace the old ones if those follow them too.
 */
final class TiffRewriter {

  private static final int ENTRY = 12;
  private static final int ROOM = 4;

  private record Field(int type, long count, byte[] value) {}

  private final byte[] file;
  private final TiffDirectory directory;
  private final Map<Integer, Field> fields = new TreeMap<>();

  TiffRewriter(byte[] file) {
    this.file = file;
    this.directory = TiffDirectory.first(ByteView.of(file));
    if (directory.big()) {
      throw new IllegalArgumentException("BigTIFF is not written");
    }
    for (TiffEntry entry : directory.entries()) {
      fields.put(entry.tag(), new Field(entry.type(), entry.count(), directory.value(entry)));
    }
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** Returns the first value of an integer field as the encoder wrote it; 0 if there is none. */
  long number(int tag) {
    return directory.number(tag, 0);
  }

  private ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(directory.in().order());
  }

  /** Sets a field whose values have one byte each. */
  void put(int tag, int type, byte[] value) {
    fields.put(tag, new Field(type, value.length, value));
  }

  void putShort(int tag, int value) {
    byte[] bytes = new byte[2];
    buffer(bytes).putShort((short) value);
    fields.put(tag, new Field(TiffEntry.SHORT, 1, bytes));
  }

  /** Sets a positive number to four decimals. */
  void putRational(int tag, double value) {
    int unit = value == Math.rint(value) ? 1 : value < 1e5 ? 10_000 : 1000;
    byte[] bytes = new byte[8];
    buffer(bytes).putInt((int) Math.round(value * unit)).putInt(unit);
    fields.put(tag, new Field(TiffEntry.RATIONAL, 1, bytes));
  }

  byte[] bytes() {
    int start = even(kept());
    Collection<Field> values = fields.values();
    int at = start;
    var places = new ArrayList<Integer>();
    for (Field field : values) {
      places.add(at);
      at += field.value().length > ROOM ? even(field.value().length) : 0;
    }
    byte[] whole = Arrays.copyOf(Arrays.copyOf(file, kept()), at + 2 + fields.size() * ENTRY + 4);
    ByteBuffer out = buffer(whole);
    out.putInt(4, at).position(at).putShort((short) fields.size());
    int index = 0;
    for (Map.Entry<Integer, Field> each : fields.entrySet()) {
      Field field = each.getValue();
      int place = places.get(index++);
      out.putShort(each.getKey().shortValue()).putShort((short) field.type());
      out.putInt((int) field.count());
      if (field.value().length > ROOM) {
        out.putInt(place).put(place, field.value());
      } else {
        out.put(Arrays.copyOf(field.value(), ROOM));
      }
    }
    out.putInt((int) directory.next());
    return whole;
  }

  private static int even(int position) {
    return position + (position & 1);
  }

  /** Returns the length of the file without a directory that follows the pixels. */
  private int kept() {
    long first = Long.MAX_VALUE;
    long end = 0;
    for (int[] tags :
        new int[][] {
          {TiffTag.STRIPS, TiffTag.STRIP_LENGTHS}, {TiffTag.TILES, TiffTag.TILE_LENGTHS}
        }) {
      long[] places = numbers(tags[0]);
      long[] lengths = numbers(tags[1]);
      for (int i = 0; i < Math.min(places.length, lengths.length); i++) {
        first = Math.min(first, places[i]);
        end = Math.max(end, places[i] + lengths[i]);
      }
    }
    boolean onlyPixels =
        end > 0
            && directory.at() >= end
            && directory.next() == 0
            && number(TiffTag.EXIF) < first
            && number(TiffTag.GPS) < first;
    return onlyPixels ? (int) end : file.length;
  }

  private long[] numbers(int tag) {
    return directory
        .entry(tag)
        .map(
            entry -> {
              long[] numbers = new long[(int) entry.count()];
              int size = TiffEntry.size(entry.type());
              for (int i = 0; i < numbers.length; i++) {
                long at = entry.at() + (long) i * size;
                numbers[i] = size == 2 ? directory.in().u16(at) : directory.in().u32(at);
              }
              return numbers;
            })
        .orElse(new long[0]);
  }
}
