package io.reverie.video.header;

import java.io.IOException;

/**
 * Reads WebP's first chunk: {@code VP8X}, {@code VP8L} or {@code VP8 }; see <a
 * href="https://developers.google.com/speed/webp/docs/riff_container">the format</a>.
 */
final class WebpHeader {

  private static final int FIRST_CHUNK = 12;
  private static final int CONTENT = 20;
  private static final long LOSSY = 0x56503820;
  private static final long LOSSLESS = 0x5650384C;
  private static final long EXTENDED = 0x56503858;
  private static final int ALPHA = 0x10;
  private static final int ANIMATION = 0x02;

  private WebpHeader() {}

  static StillHeader of(HeaderBytes in) throws IOException {
    long type = in.u32(FIRST_CHUNK);
    in.littleEndian();
    if (type == EXTENDED) {
      int flags = in.u8(CONTENT);
      long width = in.number(CONTENT + 4, 3) + 1;
      long height = in.number(CONTENT + 7, 3) + 1;
      // The current canvas and the previous one.
      long canvases = (flags & ANIMATION) != 0 ? 2 * 4 * width * height : 0;
      return header(width, height, (flags & ALPHA) != 0 || canvases > 0, canvases);
    }
    if (type == LOSSLESS) {
      long packed = in.u32(CONTENT + 1);
      long width = (packed & 0x3FFF) + 1;
      long height = ((packed >> 14) & 0x3FFF) + 1;
      return header(width, height, true, 4 * width * height);
    }
    if (type == LOSSY) {
      return header(in.u16(CONTENT + 6) & 0x3FFF, in.u16(CONTENT + 8) & 0x3FFF, false, 0);
    }
    throw HeaderException.damaged();
  }

  private static StillHeader header(long width, long height, boolean alpha, long extra) {
    Samples samples = Samples.of(Samples.Model.RGB, alpha, 8);
    return new StillHeader(StillKind.WEBP, width, height, samples, 1, extra);
  }
}
