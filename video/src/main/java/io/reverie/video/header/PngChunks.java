package io.reverie.video.header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks the chunks of a PNG, because the decoder allocates their claimed lengths before reading.
 */
public final class PngChunks {

  private static final int SIGNATURE = 8;

  /** Length and type. */
  private static final int HEAD = 8;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private static final int END = 0x49454E44;

  private PngChunks() {}

  /**
   * Rejects a chunk that extends past the end of its file; what follows the last chunk, {@code
   * IEND}, is not part of the image.
   *
   * @param png a whole file, from position 0
   * @throws HeaderException if a chunk does
   */
  public static void requireWithin(ByteBuffer png) throws HeaderException {
    ByteBuffer chunks = png.duplicate().order(ByteOrder.BIG_ENDIAN);
    int end = chunks.limit();
    for (long at = SIGNATURE; at + HEAD <= end; ) {
      long length = Integer.toUnsignedLong(chunks.getInt((int) at));
      if (at + FRAME + length > end) {
        throw new HeaderException(
            "is damaged: a chunk of %d bytes starts %d bytes before the end of the file"
                .formatted(length, end - at));
      }
      if (chunks.getInt((int) at + 4) == END) {
        return;
      }
      at += FRAME + length;
    }
  }
}
