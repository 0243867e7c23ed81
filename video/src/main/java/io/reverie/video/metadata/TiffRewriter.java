package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.exif.ExifEditor;
import io.reverie.video.metadata.exif.ExifOrder;
import io.reverie.video.metadata.exif.TiffDirectory;
import io.reverie.video.metadata.exif.TiffEntry;
import io.reverie.video.metadata.exif.TiffTag;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Changes the fields of an encoder's TIFF of one picture. The new directory and its values follow
 * the pixels, and replace the old ones if those follow them too. An EXIF stream precedes the
 * pixels, so that it keeps its offsets, which maker notes need.
 */
final class TiffRewriter {

  private static final int HEADER = 8;

  private final byte[] file;
  private final TiffDirectory directory;
  private final TiffFields fields;
  private byte[] before = new byte[HEADER];

  TiffRewriter(byte[] file) {
    this.file = file;
    this.directory = TiffDirectory.first(ByteView.of(file));
    if (directory.big()) {
      throw new IllegalArgumentException("BigTIFF is not written");
    }
    this.fields = new TiffFields(directory.in().order());
    directory.entries().forEach(entry -> fields.put(directory, entry));
  }

  TiffFields fields() {
    return fields;
  }

  /** Returns the first value of an integer field as the encoder wrote it; 0 if there is none. */
  long number(int tag) {
    return directory.number(tag, 0);
  }

  /** Sets the fields of an EXIF stream and puts the rest of it before the pixels. */
  void putExif(byte[] stream) {
    ExifEditor exif = new ExifEditor(ExifOrder.converted(stream, directory.in().order()));
    TiffDirectory root = exif.root();
    for (TiffEntry entry : root.entries()) {
      if (TiffTag.DESCRIPTIVE.contains(entry.tag())) {
        fields.put(root, entry);
      }
    }
    for (int tag : new int[] {TiffTag.EXIF, TiffTag.GPS}) {
      exif.sub(tag).ifPresent(sub -> fields.putLong(tag, sub.at()));
    }
    exif.remove(root, tag -> tag != TiffTag.EXIF && tag != TiffTag.GPS);
    before = exif.bytes();
  }

  byte[] bytes() {
    int start = even(before.length);
    int pixels = kept() - HEADER;
    move(TiffTag.STRIPS, start - HEADER);
    move(TiffTag.TILES, start - HEADER);
    int at = even(start + pixels);
    byte[] whole = Arrays.copyOf(before, at + fields.size());
    System.arraycopy(file, 0, whole, 0, HEADER);
    System.arraycopy(file, HEADER, whole, start, pixels);
    int first = fields.write(whole, at);
    ByteBuffer.wrap(whole).order(directory.in().order()).putInt(4, first);
    return whole;
  }

  private static int even(int position) {
    return position + (position & 1);
  }

  private void move(int tag, int by) {
    if (by != 0 && fields.has(tag)) {
      fields.putLongs(tag, Arrays.stream(numbers(tag)).map(at -> at + by).toArray());
    }
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
