package io.reverie.video.header;

import io.reverie.video.header.Samples.Model;
import java.io.IOException;

/** Reads a JPEG's frame header SOFn, which follows tables and APPn segments. */
final class JpegHeader {

  private static final int FRAME = 0xC0;
  private static final int TABLES = 0xC4;
  private static final int RESERVED = 0xC8;
  private static final int ARITHMETIC_TABLES = 0xCC;
  private static final int LAST_FRAME = 0xCF;
  private static final int RESTART = 0xD0;
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int APP1 = 0xE1;

  /** Limit of the bytes between segments, which decoders skip. */
  private static final int MAX_GARBAGE = 1 << 20;

  private JpegHeader() {}

  static StillHeader of(HeaderBytes in) throws IOException {
    long at = 2;
    int skipped = 0;
    int orientation = 1;
    while (skipped < MAX_GARBAGE) {
      int marker = in.u8(at) == 0xFF ? in.u8(at + 1) : 0;
      if (marker == 0 || marker == 0xFF) {
        at++;
        skipped++;
      } else if (marker == 1 || (marker >= RESTART && marker <= START)) {
        at += 2;
        skipped++;
      } else if (marker == SCAN || marker == END) {
        throw HeaderException.damaged();
      } else if (isFrame(marker)) {
        return frame(in, at, marker, orientation);
      } else {
        orientation =
            marker == APP1 ? ExifSegment.orientation(in, at + 4).orElse(orientation) : orientation;
        at += 2 + Math.max(2, in.u16(at + 2));
      }
    }
    throw HeaderException.damaged();
  }

  private static boolean isFrame(int marker) {
    return marker >= FRAME
        && marker <= LAST_FRAME
        && marker != TABLES
        && marker != RESERVED
        && marker != ARITHMETIC_TABLES;
  }

  private static StillHeader frame(HeaderBytes in, long at, int marker, int orientation)
      throws IOException {
    long height = in.u16(at + 5);
    long width = in.u16(at + 7);
    int channels = in.u8(at + 9);
    // All but the baseline and the extended sequential mode keep 16 bits of each coefficient.
    long coefficients = marker > FRAME + 1 ? width * height * channels * 2 : 0;
    Model model = channels == 1 ? Model.GREY : channels == 4 ? Model.CMYK : Model.RGB;
    Samples samples = Samples.of(model, false, in.u8(at + 4));
    return new StillHeader(StillKind.JPEG, width, height, samples, orientation, coefficients);
  }
}
