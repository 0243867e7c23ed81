package io.reverie.video.header;

import java.io.IOException;

/** Reads a PNG's header chunk {@code IHDR}, which must be the first. */
final class PngHeader {

  private static final long IHDR = 0x49484452;
  private static final int TYPE = 12;
  private static final int FIELDS = 16;

  private PngHeader() {}

  static StillHeader of(HeaderBytes in) throws IOException {
    if (in.u32(TYPE) != IHDR) {
      throw HeaderException.damaged();
    }
    long width = in.u32(FIELDS);
    long height = in.u32(FIELDS + 4);
    int bits = in.u8(FIELDS + 8);
    int channels =
        switch (in.u8(FIELDS + 9)) {
          case 0 -> 1;
          case 2 -> 3;
          // Grey with alpha is decoded to four channels, and so are palettes, which may have alpha.
          default -> 4;
        };
    return new StillHeader(StillKind.PNG, width, height, channels, bits, 0);
  }
}
