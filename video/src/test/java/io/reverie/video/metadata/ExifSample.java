package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.exif.TiffEntry;
import io.reverie.video.metadata.exif.TiffTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An EXIF stream as cameras write it: maker note, position, thumbnail. */
final class ExifSample {

  /** Where the maker note is; its inner offsets count from the start of the stream. */
  static final int NOTE = 200;

  static final String SERIAL = "MAKER-SERIAL-4711";
  static final String ARTIST = "An Artist";
  static final byte[] THUMBNAIL = "\u00ff\u00d8\u00ff\u00dbSOURCE\u00ff\u00d9".getBytes(ISO_8859_1);

  private final ByteBuffer out;

  private ExifSample(ByteOrder order) {
    out = ByteBuffer.allocate(420).order(order);
  }

  static byte[] stream(ByteOrder order) {
    ExifSample sample = new ExifSample(order);
    sample.fill();
    return sample.out.array();
  }

  private void fill() {
    boolean little = out.order().equals(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) (little ? 'I' : 'M')).put((byte) (little ? 'I' : 'M')).putShort((short) 42);
    out.putInt(8);
    directory(8, 5, 350);
    entry(TiffTag.ORIENTATION, TiffEntry.SHORT, 1).putShort((short) 6).putShort((short) 0);
    entry(315, TiffEntry.ASCII, ARTIST.length() + 1).putInt(90);
    entry(TiffTag.X_RESOLUTION, TiffEntry.RATIONAL, 1).putInt(110);
    entry(TiffTag.EXIF, TiffEntry.LONG, 1).putInt(130);
    entry(TiffTag.GPS, TiffEntry.LONG, 1).putInt(300);
    text(90, ARTIST);
    out.putInt(110, 300).putInt(114, 1);
    directory(130, 3, 0);
    entry(TiffTag.MAKER_NOTE, TiffEntry.UNDEFINED, 60).putInt(NOTE);
    entry(TiffTag.PIXEL_WIDTH, TiffEntry.SHORT, 1).putShort((short) 40).putShort((short) 0);
    entry(TiffTag.PIXEL_HEIGHT, TiffEntry.LONG, 1).putInt(24);
    text(NOTE, SERIAL);
    directory(300, 1, 0);
    entry(2, TiffEntry.RATIONAL, 1).putInt(330);
    out.putInt(330, 52).putInt(334, 1);
    directory(350, 2, 0);
    entry(TiffTag.THUMBNAIL, TiffEntry.LONG, 1).putInt(400);
    entry(TiffTag.THUMBNAIL_LENGTH, TiffEntry.LONG, 1).putInt(THUMBNAIL.length);
    out.put(400, THUMBNAIL);
  }

  private void directory(int at, int entries, int next) {
    out.position(at).putShort((short) entries);
    out.putInt(at + 2 + entries * TiffEntry.ENTRY, next);
  }

  private ByteBuffer entry(int tag, int type, int count) {
    return out.putShort((short) tag).putShort((short) type).putInt(count);
  }

  private void text(int at, String text) {
    out.put(at, text.getBytes(ISO_8859_1));
  }
}
