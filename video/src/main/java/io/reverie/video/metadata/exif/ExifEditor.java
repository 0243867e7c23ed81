package io.reverie.video.metadata.exif;

import io.reverie.video.metadata.bytes.ByteView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Edits an untrusted EXIF stream in place, so that maker notes, whose inner offsets only their
 * makers know, stay where they are. What is removed is overwritten by zeros.
 */
public final class ExifEditor {

  private static final int HEADER = 8;
  private static final int MAX_THUMBNAILS = 8;
  private static final int[] SUBS = {TiffTag.EXIF, TiffTag.GPS, TiffTag.INTEROPERABILITY};

  private final ByteBuffer stream;
  private final ByteView in;

  /**
   * Copies a stream.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public ExifEditor(byte[] stream) {
    byte[] copy = stream.clone();
    this.in = TiffDirectory.first(ByteView.of(copy)).in();
    this.stream = ByteBuffer.wrap(copy).order(in.order());
    if (root().big()) {
      throw new IllegalArgumentException("EXIF is never BigTIFF");
    }
  }

  public TiffDirectory root() {
    return TiffDirectory.first(in);
  }

  /** Returns the directory of a pointer's tag; the interoperability one is in the EXIF one. */
  public Optional<TiffDirectory> sub(int tag) {
    return tag == TiffTag.INTEROPERABILITY
        ? root().sub(TiffTag.EXIF).flatMap(exif -> exif.sub(tag))
        : root().sub(tag);
  }

  /** Returns all directories that are kept. */
  public List<TiffDirectory> all() {
    List<TiffDirectory> all = new ArrayList<>(List.of(root()));
    for (int tag : SUBS) {
      sub(tag).ifPresent(all::add);
    }
    return all;
  }

  /** Sets an integer that a directory has; adds none. */
  public void set(TiffDirectory directory, int tag, long value) {
    for (int i = 0; i < count(directory); i++) {
      int place = place(directory, i);
      int type = in.u16(place + 2);
      if (in.u16(place) == tag && (type == TiffEntry.SHORT || type == TiffEntry.LONG)) {
        boolean narrow = type == TiffEntry.SHORT && value <= 0xFFFF;
        stream.putShort(place + 2, (short) (narrow ? TiffEntry.SHORT : TiffEntry.LONG));
        stream.putInt(place + 4, 1).putInt(place + 8, 0);
        if (narrow) {
          stream.putShort(place + 8, (short) value);
        } else {
          stream.putInt(place + 8, (int) value);
        }
      }
    }
  }

  private int count(TiffDirectory directory) {
    return in.u16(directory.at());
  }

  private static int place(TiffDirectory directory, int entry) {
    return (int) directory.at() + 2 + entry * TiffEntry.ENTRY;
  }

  /** Removes entries and their values. */
  public void remove(TiffDirectory directory, IntPredicate tags) {
    for (TiffEntry entry : directory.entries()) {
      if (tags.test(entry.tag()) && entry.length() > TiffEntry.ROOM) {
        wipe(entry.at(), entry.length());
      }
    }
    int count = count(directory);
    int end = place(directory, count);
    int kept = 0;
    int next = end + 4 <= in.length() ? stream.getInt(end) : 0;
    for (int i = 0; i < count; i++) {
      int place = place(directory, i);
      if (!tags.test(in.u16(place))) {
        byte[] entry = in.part(place, TiffEntry.ENTRY);
        stream.put(place(directory, kept++), entry);
      }
    }
    if (kept < count) {
      stream.putShort((int) directory.at(), (short) kept);
      wipe(place(directory, kept), Math.min(in.length(), end + 4) - place(directory, kept));
      stream.putInt(place(directory, kept), next);
    }
  }

  /** Removes a directory that a tag of the root points to. */
  public void removeSub(int tag) {
    sub(tag).ifPresent(this::wipe);
    remove(root(), each -> each == tag);
  }

  private void wipe(TiffDirectory directory) {
    remove(directory, tag -> true);
    wipe(directory.at(), Math.min(6, in.length() - directory.at()));
  }

  private void wipe(long at, long length) {
    Arrays.fill(stream.array(), (int) at, (int) (at + length), (byte) 0);
  }

  /** Removes thumbnails and previews, which show the source. */
  public void removeThumbnails() {
    TiffDirectory root = root();
    long next = root.next();
    for (int i = 0; i < MAX_THUMBNAILS && next > 0; i++) {
      Optional<TiffDirectory> thumbnail = root.directory(next);
      next = thumbnail.map(TiffDirectory::next).orElse(0L);
      thumbnail.ifPresent(this::removeThumbnail);
    }
    stream.putInt(place(root, count(root)), 0);
    removeJpegs();
  }

  private void removeThumbnail(TiffDirectory thumbnail) {
    if (all().stream().anyMatch(each -> each.at() == thumbnail.at())) {
      return;
    }
    long at = thumbnail.number(TiffTag.THUMBNAIL, thumbnail.number(TiffTag.STRIPS, 0));
    long length =
        thumbnail.number(TiffTag.THUMBNAIL_LENGTH, thumbnail.number(TiffTag.STRIP_LENGTHS, 0));
    if (at > HEADER && length <= in.length() - at && !isUsed(at, length)) {
      wipe(at, length);
    }
    wipe(thumbnail);
  }

  /** Returns whether a part has directories or values that are kept. */
  private boolean isUsed(long at, long length) {
    return all().stream()
        .anyMatch(
            directory ->
                (directory.at() < at + length
                        && at < directory.at() + 2L + count(directory) * (long) TiffEntry.ENTRY)
                    || directory.entries().stream()
                        .anyMatch(e -> e.at() < at + length && at < e.at() + e.length()));
  }

  /** Overwrites the previews in maker notes: from the first JPEG's start to the last one's end. */
  private void removeJpegs() {
    int first = -1;
    int last = -1;
    for (int at = HEADER; at + 3 < in.length(); at++) {
      if (in.u8(at) == 0xFF) {
        int second = in.u8(at + 1);
        int fourth = in.u8(at + 3);
        boolean start = second == 0xD8 && in.u8(at + 2) == 0xFF && fourth >= 0xC0 && fourth < 0xF0;
        first = first < 0 && start ? at : first;
        last = second == 0xD9 ? at + 2 : last;
      }
    }
    if (first >= 0 && last > first && !hasDirectory(first, last)) {
      wipe(first, last - first);
    }
  }

  private boolean hasDirectory(long from, long to) {
    return all().stream().anyMatch(directory -> directory.at() >= from && directory.at() < to);
  }

  /** Exchanges the values of two rationals. */
  public void exchange(TiffDirectory directory, int one, int other) {
    Optional<TiffEntry> a = directory.entry(one).filter(e -> e.length() == 8);
    Optional<TiffEntry> b = directory.entry(other).filter(e -> e.length() == 8);
    if (a.isPresent() && b.isPresent()) {
      long value = stream.getLong((int) a.get().at());
      stream.putLong((int) a.get().at(), stream.getLong((int) b.get().at()));
      stream.putLong((int) b.get().at(), value);
    }
  }

  /** Returns the stream without the zeros that follow its last value. */
  public byte[] bytes() {
    long used =
        all().stream()
            .mapToLong(
                directory ->
                    Math.max(
                        place(directory, count(directory)) + 4L,
                        directory.entries().stream()
                            .mapToLong(entry -> entry.at() + entry.length())
                            .max()
                            .orElse(0)))
            .max()
            .orElse(HEADER);
    int end = in.length();
    while (end > used && in.u8(end - 1L) == 0) {
      end--;
    }
    return Arrays.copyOf(stream.array(), Math.min(in.length(), end));
  }
}
