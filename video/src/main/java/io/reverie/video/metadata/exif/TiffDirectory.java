package io.reverie.video.metadata.exif;

import io.reverie.video.metadata.bytes.ByteView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory (IFD) of a TIFF stream.
 *
 * @param in the whole stream in its byte order
 * @param big whether it is BigTIFF
 * @param at position of the directory
 * @param next position of the next directory; 0 if there is none
 */
public record TiffDirectory(ByteView in, boolean big, long at, List<TiffEntry> entries, long next) {

  private static final byte[] LITTLE = {'I', 'I', 42, 0};
  private static final byte[] BIG_ENDIAN = {'M', 'M', 0, 42};
  private static final byte[] LITTLE_BIG = {'I', 'I', 43, 0};
  private static final byte[] BIG_ENDIAN_BIG = {'M', 'M', 0, 43};
  private static final int MAX_ENTRIES = 4096;

  public static boolean isTiff(ByteView stream) {
    return stream.has(0, LITTLE)
        || stream.has(0, BIG_ENDIAN)
        || stream.has(0, LITTLE_BIG)
        || stream.has(0, BIG_ENDIAN_BIG);
  }

  /**
   * Reads the first directory of a stream.
   *
   * @throws IllegalArgumentException if it is no TIFF stream or impossible
   */
  public static TiffDirectory first(ByteView stream) {
    if (!isTiff(stream)) {
      throw new IllegalArgumentException("no TIFF stream");
    }
    ByteView in = stream.u8(0) == 'I' ? stream.littleEndian() : stream;
    boolean big = in.u16(2) == 43;
    return read(in, big, big ? in.u64(8) : in.u32(4));
  }

  private static TiffDirectory read(ByteView in, boolean big, long at) {
    long count = big ? in.u64(at) : in.u16(at);
    if (count > MAX_ENTRIES) {
      throw new IllegalArgumentException("a directory cannot have %d entries".formatted(count));
    }
    int head = big ? 8 : 2;
    int length = big ? 20 : 12;
    List<TiffEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entry(in, big, at + head + (long) i * length).ifPresent(entries::add);
    }
    long end = at + head + count * length;
    long next = end + 4 > in.length() ? 0 : big ? in.u64(end) : in.u32(end);
    return new TiffDirectory(in, big, at, List.copyOf(entries), next);
  }

  /** Reads an entry; empty if its type is unknown or its value outside. */
  private static Optional<TiffEntry> entry(ByteView in, boolean big, long at) {
    int type = in.u16(at + 2);
    long count = big ? in.u64(at + 4) : in.u32(at + 4);
    int size = TiffEntry.size(type);
    int room = big ? 8 : 4;
    long place = at + 4 + room;
    if (size == 0 || count > in.length() / size) {
      return Optional.empty();
    }
    long length = count * size;
    long value = length <= room ? place : big ? in.u64(place) : in.u32(place);
    return value > in.length() - length
        ? Optional.empty()
        : Optional.of(new TiffEntry(in.u16(at), type, count, value, length));
  }

  public Optional<TiffEntry> entry(int tag) {
    return entries.stream().filter(entry -> entry.tag() == tag).findFirst();
  }

  /** Returns the directory that a tag points to; empty if there is none or it is impossible. */
  public Optional<TiffDirectory> sub(int tag) {
    return entry(tag).map(entry -> entry.number(in)).flatMap(this::directory);
  }

  /** Returns the directory at a position; empty if that is 0 or the directory impossible. */
  public Optional<TiffDirectory> directory(long position) {
    try {
      return position == 0 ? Optional.empty() : Optional.of(read(in, big, position));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public byte[] value(TiffEntry entry) {
    return in.part(entry.at(), entry.length());
  }

  public long number(int tag, long otherwise) {
    return entry(tag).map(entry -> entry.number(in)).orElse(otherwise);
  }

  public double rational(int tag) {
    return entry(tag).map(entry -> entry.rational(in)).orElse(0.0);
  }
}
