package io.reverie.video.header;

import io.reverie.video.header.Samples.Model;
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
}
