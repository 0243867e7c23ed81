package io.reverie.video.header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a PNG: the decoder allocates what their lengths claim before it reads them. */
public final class PngChunks {

  private static final int SIGNATURE = 8;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private PngChunks() {}

  /**
   * Refuses a chunk that reaches past the end of its file.
   *
   * @param png a whole file, from position 0 on
   * @throws HeaderException if there is one
   */
  public static void requireWithin(ByteBuffer png) throws HeaderException {
    ByteBuffer chunks = png.duplicate().order(ByteOrder.BIG_ENDIAN);
    int end = chunks.limit();
    for (long at = SIGNATURE; at + FRAME <= end; ) {
      long length = Integer.toUnsignedLong(chunks.getInt((int) at));
      if (at + FRAME + length > end) {
        throw new HeaderException(
            "is damaged: a chunk of %d bytes begins %d bytes before the end of the file"
                .formatted(length, end - at));
      }
      at += FRAME + length;
    }
  }
}
