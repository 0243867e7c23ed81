package io.reverie.video.header;

import io.reverie.video.header.Samples.Model;
import java.io.IOException;

/** Reads the sizes of GIF and BMP, which are at fixed positions. */
final class SimpleHeaders {

  private static final int CORE = 12;

  private SimpleHeaders() {}

  /** Reads the size of the canvas; colours may be transparent. */
  static StillHeader gif(HeaderBytes in) throws IOException {
    in.littleEndian();
    return new StillHeader(
        StillKind.GIF, in.u16(6), in.u16(8), Samples.of(Model.PALETTE, true, 8), 1, 0);
  }

  static StillHeader bmp(HeaderBytes in) throws IOException {
    in.littleEndian();
    boolean old = in.u32(14) == CORE;
    long width = old ? in.u16(18) : (int) in.u32(18);
    // Rows are stored downwards if the height is negative.
    long height = old ? in.u16(20) : Math.abs((int) in.u32(22));
    int bits = in.u16(old ? 24 : 28);
    return new StillHeader(
        StillKind.BMP, width, height, Samples.of(Model.RGB, bits == 32, 8), 1, 0);
  }
}
