package io.reverie.core.weights.source;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The end record of a zip, which locates its directory.
 *
 * @param count number of directory entries
 * @param position of the directory
 * @param size of the directory in bytes
 */
record ZipEnd(long count, long position, long size) {

  private static final int SIGNATURE = 0x06054b50;
  private static final int LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int ZIP64_SIGNATURE = 0x06064b50;
  private static final int ZIP64_LENGTH = 56;

  /**
   * Finds the end record.
   *
   * @throws MalformedWeights if it is missing or does not fit the file
   */
  static ZipEnd find(Source source) throws IOException, MalformedWeights {
    int length = (int) Math.min(source.size(), LENGTH + LONGEST_COMMENT);
    long begin = source.size() - length;
    ByteBuffer tail = source.read(begin, length);
    for (int at = length - LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == SIGNATURE
          && Short.toUnsignedInt(tail.getShort(at + 20)) == length - LENGTH - at) {
        return of(source, begin + at, tail.slice(at, LENGTH).order(tail.order()));
      }
    }
    throw new MalformedWeights("it is a broken or truncated zip");
  }

  private static ZipEnd of(Source source, long at, ByteBuffer end)
      throws IOException, MalformedWeights {
    long count = Short.toUnsignedInt(end.getShort(10));
    long size = Integer.toUnsignedLong(end.getInt(12));
    long position = Integer.toUnsignedLong(end.getInt(16));
    if (count == 0xffff || size == 0xffff_ffffL || position == 0xffff_ffffL) {
      return wide(source, at);
    }
    return new ZipEnd(count, position, size).before(at);
  }

  private static ZipEnd wide(Source source, long end) throws IOException, MalformedWeights {
    if (end < LOCATOR_LENGTH + ZIP64_LENGTH) {
      throw broken();
    }
    ByteBuffer locator = source.read(end - LOCATOR_LENGTH, LOCATOR_LENGTH);
    long at = locator.getLong(8);
    if (locator.getInt(0) != LOCATOR_SIGNATURE
        || at < 0
        || at > end - LOCATOR_LENGTH - ZIP64_LENGTH) {
      throw broken();
    }
    ByteBuffer wide = source.read(at, ZIP64_LENGTH);
    if (wide.getInt(0) != ZIP64_SIGNATURE) {
      throw broken();
    }
    return new ZipEnd(wide.getLong(32), wide.getLong(48), wide.getLong(40)).before(at);
  }

  private ZipEnd before(long end) throws MalformedWeights {
    if (count < 0 || position < 0 || size < 0 || position > end - size) {
      throw broken();
    }
    return this;
  }

  private static MalformedWeights broken() {
    return new MalformedWeights("it is a broken zip");
  }
}
