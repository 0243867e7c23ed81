package io.reverie.video.header;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * Checks the places of a HEIF's items, in the box {@code iloc} of ISO/IEC 14496-12. FFmpeg 8.0
 * crashes at an item without data.
 */
public final class HeifLocations {

  private static final long FILE_TYPE = 0x66747970;
  private static final long META = 0x6D657461;
  private static final long LOCATIONS = 0x696C6F63;
  private static final int FULL = 4;

  /** More than any file has before its items, and few enough to be read quickly. */
  private static final int MAX_BOXES = 1_000;

  private final HeaderBytes in;
  private int boxes;

  private HeifLocations(HeaderBytes in) {
    this.in = in;
  }

  /**
   * Moves the channel's position.
   *
   * @throws HeaderException if an item has no data
   */
  public static void require(SeekableByteChannel file) throws IOException {
    HeaderBytes in = new HeaderBytes(file);
    Pictures.asFarAsItReaches(
        () -> {
          if (in.u32(4) == FILE_TYPE) {
            new HeifLocations(in).read(0, in.length());
          }
        });
  }

  private void read(long from, long end) throws IOException {
    for (long at = from; at + 8 <= end && ++boxes <= MAX_BOXES; ) {
      long size = in.u32(at);
      long type = in.u32(at + 4);
      long content = size == 1 ? at + 16 : at + 8;
      size = size == 1 ? in.number(at + 8, 8) : size == 0 ? end - at : size;
      if (size < content - at) {
        return;
      }
      if (type == META) {
        read(content + FULL, Math.min(end, at + size));
      } else if (type == LOCATIONS) {
        requireData(content);
      }
      at += Math.min(size, end - at);
    }
  }

  private void requireData(long content) throws IOException {
    int version = in.u8(content);
    int sizes = in.u16(content + FULL);
    int offset = sizes >> 12;
    int length = (sizes >> 8) & 15;
    int base = (sizes >> 4) & 15;
    int index = version > 0 ? sizes & 15 : 0;
    if (Math.max(Math.max(offset, length), Math.max(base, index)) > 8) {
      throw HeaderException.damaged();
    }
    long at = content + FULL + 2;
    int wide = version < 2 ? 2 : 4;
    long items = in.number(at, wide);
    at += wide;
    for (long item = 0; item < items; item++) {
      at += wide + (version > 0 ? 2 : 0) + 2 + base;
      int extents = in.u16(at);
      at += 2;
      for (int extent = 0; extent < extents; extent++) {
        at += index + offset;
        if (length == 0 || in.number(at, length) == 0) {
          throw HeaderException.damaged();
        }
        at += length;
      }
    }
  }
}
