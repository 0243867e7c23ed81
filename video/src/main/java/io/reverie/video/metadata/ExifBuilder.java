package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.exif.TiffDirectory;
import io.reverie.video.metadata.exif.TiffEntry;
import io.reverie.video.metadata.exif.TiffTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Builds an EXIF stream, out of a TIFF's fields or from nothing. */
final class ExifBuilder {

  private static final int HEADER = 8;

  /** A maker note beyond this position loses it, because the stream would not fit into a JPEG. */
  private static final int LAST_NOTE = 60_000;

  /** Types of BigTIFF only. */
  private static final int FIRST_BIG_TYPE = 16;

  private final ByteOrder order;
  private final TiffFields root;
  private final TiffFields exif;
  private final TiffFields interoperability;
  private final TiffFields gps;
  private Optional<TiffEntry> note = Optional.empty();
  private long length;

  private ExifBuilder(ByteOrder order) {
    this.order = order;
    this.root = new TiffFields(order);
    this.exif = new TiffFields(order);
    this.interoperability = new TiffFields(order);
    this.gps = new TiffFields(order);
  }

  /** Returns a stream that states a density only. */
  static byte[] of(Resolution density) {
    ExifBuilder built = new ExifBuilder(ByteOrder.LITTLE_ENDIAN);
    built.root.put(density);
    return built.stream(HEADER, HEADER);
  }

  /**
   * Returns a stream with its own density, or this one.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  static byte[] with(byte[] stream, Resolution density) {
    TiffDirectory directory = TiffDirectory.first(ByteView.of(stream));
    if (directory.rational(TiffTag.X_RESOLUTION) > 0) {
      return stream;
    }
    ExifBuilder built = copy(directory, new MetadataBuilder());
    built.root.put(density);
    return built.stream(directory.in());
  }

  /**
   * Copies the descriptive fields of a TIFF with its EXIF and GPS directories. A maker note keeps
   * its position, since its inner offsets count from the start of the file, or is left out.
   *
   * @return empty if it has none of them
   * @throws IllegalArgumentException if they are too long
   */
  static Optional<byte[]> of(TiffDirectory directory, MetadataBuilder found) {
    ExifBuilder built = copy(directory, found);
    return built.root.isEmpty() && built.exif.isEmpty() && built.gps.isEmpty()
        ? Optional.empty()
        : Optional.of(built.stream(directory.in()));
  }

  private static ExifBuilder copy(TiffDirectory directory, MetadataBuilder found) {
    ExifBuilder built = new ExifBuilder(directory.in().order());
    built.copy(directory, built.root, TiffTag.DESCRIPTIVE::contains);
    directory.sub(TiffTag.EXIF).ifPresent(from -> built.copyExif(from, found));
    directory.sub(TiffTag.GPS).ifPresent(from -> built.copy(from, built.gps, tag -> true));
    return built;
  }

  private void copyExif(TiffDirectory from, MetadataBuilder found) {
    copy(from, exif, tag -> tag != TiffTag.MAKER_NOTE && tag != TiffTag.INTEROPERABILITY);
    from.sub(TiffTag.INTEROPERABILITY).ifPresent(sub -> copy(sub, interoperability, tag -> true));
    Optional<TiffEntry> own = from.entry(TiffTag.MAKER_NOTE).filter(e -> e.length() > 4);
    note = own.filter(e -> e.at() >= HEADER && e.at() + e.length() <= LAST_NOTE);
    if (own.isPresent() && note.isEmpty()) {
      found.lose("its maker note cannot be moved and was left out");
    }
    note.ifPresent(entry -> exif.pin(entry, (int) entry.at()));
  }

  private void copy(TiffDirectory from, TiffFields to, IntPredicate tags) {
    for (TiffEntry entry : from.entries()) {
      if (tags.test(entry.tag()) && entry.type() < FIRST_BIG_TYPE) {
        length += entry.length();
        if (length > ByteView.LONGEST) {
          throw new IllegalArgumentException("too long");
        }
        to.put(from, entry);
      }
    }
  }

  /** Lays the directories out around the maker note. */
  private byte[] stream(ByteView in) {
    int from = note.map(entry -> (int) entry.at()).orElse(0);
    int end = note.map(entry -> (int) (entry.at() + entry.length())).orElse(0);
    boolean before = note.isEmpty() || HEADER + size() <= from;
    byte[] stream = stream(before ? HEADER : end + (end & 1), end);
    if (note.isPresent()) {
      System.arraycopy(in.part(from, end - from), 0, stream, from, end - from);
    }
    return stream;
  }

  private int size() {
    int pointers = 3 * TiffEntry.ENTRY;
    return root.size() + exif.size() + interoperability.size() + gps.size() + pointers;
  }

  private byte[] stream(int start, int end) {
    byte[] stream = new byte[Math.max(start + size(), end)];
    byte mark = (byte) (order.equals(ByteOrder.LITTLE_ENDIAN) ? 'I' : 'M');
    stream[0] = mark;
    stream[1] = mark;
    int at = start;
    at = sub(interoperability, exif, TiffTag.INTEROPERABILITY, stream, at);
    at = sub(exif, root, TiffTag.EXIF, stream, at);
    at = sub(gps, root, TiffTag.GPS, stream, at);
    ByteBuffer.wrap(stream).order(order).putShort(2, (short) 42).putInt(4, root.write(stream, at));
    return stream;
  }

  private static int sub(TiffFields fields, TiffFields parent, int tag, byte[] stream, int at) {
    if (fields.isEmpty()) {
      return at;
    }
    parent.putLong(tag, fields.write(stream, at));
    return at + fields.size();
  }
}
