package io.reverie.video.header;

import io.reverie.video.header.Samples.Model;
import java.io.IOException;

/**
 * Reads a PNG's header chunk {@code IHDR}, which must be the first, and an animation's {@code
 * acTL}, which precedes the image data.
 */
final class PngHeader {

  private static final long IHDR = 0x49484452;
  private static final int TYPE = 12;
  private static final int FIELDS = 16;
  private static final long ANIMATION = 0x6163544C;
  private static final long IMAGE_DATA = 0x49444154;
  private static final int SIGNATURE = 8;

  /** Length, type and checksum of a chunk. */
  private static final int FRAME = 12;

  private PngHeader() {}

  static StillHeader of(HeaderBytes in) throws IOException {
    if (in.u32(TYPE) != IHDR) {
      throw HeaderException.damaged();
    }
    long width = in.u32(FIELDS);
    long height = in.u32(FIELDS + 4);
    int bits = in.u8(FIELDS + 8);
    Samples samples =
        switch (in.u8(FIELDS + 9)) {
          case 0 -> Samples.of(Model.GREY, false, bits);
          case 2 -> Samples.of(Model.RGB, false, bits);
          case 3 -> Samples.of(Model.PALETTE, false, 8);
          case 4 -> Samples.of(Model.GREY, true, bits);
          default -> Samples.of(Model.RGB, true, bits);
        };
    return new StillHeader(StillKind.PNG, width, height, samples, 1, 0);
  }

  static Pictures pictures(HeaderBytes in) throws IOException {
    Found found = new Found();
    Pictures.asFarAsItReaches(() -> walk(in, found));
    return new Pictures(StillKind.PNG, found.count, found.animated, found.plays, true);
  }

  private static final class Found {
    private int count = 1;
    private boolean animated;
    private int plays;
  }

  private static void walk(HeaderBytes in, Found found) throws IOException {
    long type = 0;
    for (long at = SIGNATURE; type != IMAGE_DATA && type != ANIMATION; ) {
      type = in.u32(at + 4);
      if (type == ANIMATION) {
        found.animated = true;
        found.count = (int) Math.max(1, Math.min(Pictures.MOST, in.u32(at + 8)));
        found.plays = (int) Math.min(Integer.MAX_VALUE, in.u32(at + 12));
      }
      at += FRAME + in.u32(at);
    }
  }
}
