package io.reverie.video.header;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the first directory of a TIFF or BigTIFF, which describes the decoded image; later ones are
 * ignored.
 */
final class TiffHeader {

  private static final int BIG = 43;
  private static final int MAX_ENTRIES = 0xFFFF;

  /** OpenCV rejects larger blocks. */
  private static final double MAX_BLOCK = 1L << 30;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int PHOTOMETRIC = 262;
  private static final int SAMPLES = 277;
  private static final int ORIENTATION = 274;
  private static final int STRIP_ROWS = 278;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int FLOATS = 3;
  private static final int WHITE_POINT = 318;
  private static final int RATIONAL = 5;
  private static final double SAME_WHITE = 0.005;

  private final HeaderBytes in;
  private final boolean big;
  private final Map<Integer, Long> fields = new HashMap<>();
  private double whiteX;

  private TiffHeader(HeaderBytes in) throws IOException {
    this.in = in;
    if (in.u8(0) == 'I') {
      in.littleEndian();
    }
    this.big = in.u16(2) == BIG;
  }

  static StillHeader of(HeaderBytes in) throws IOException {
    TiffHeader directory = new TiffHeader(in);
    directory.read();
    return directory.header();
  }

  private void read() throws IOException {
    long at = big ? in.number(8, 8) : in.u32(4);
    long entries = in.number(at, big ? 8 : 2);
    if (entries > MAX_ENTRIES) {
      throw HeaderException.damaged();
    }
    int length = big ? 20 : 12;
    for (long entry = at + (big ? 8 : 2), left = entries; left > 0; left--, entry += length) {
      // Decoders differ in which of two equal tags they use, so the larger value counts.
      fields.merge(in.u16(entry), value(entry), Math::max);
      if (in.u16(entry) == WHITE_POINT && in.u16(entry + 2) == RATIONAL) {
        long white = in.number(entry + (big ? 12 : 8), big ? 8 : 4);
        whiteX = (double) in.u32(white) / Math.max(1, in.u32(white + 4));
      }
    }
  }

  /** Returns the first value of an entry; 0 for types other than integers. */
  private long value(long entry) throws IOException {
    int bytes =
        switch (in.u16(entry + 2)) {
          case 1 -> 1;
          case 3 -> 2;
          case 4 -> 4;
          case 16 -> 8;
          default -> 0;
        };
    long count = in.number(entry + 4, big ? 8 : 4);
    int room = big ? 8 : 4;
    long place = entry + 4 + room;
    if (bytes == 0 || count == 0) {
      return 0;
    }
    boolean inside = count <= room / bytes;
    return in.number(inside ? place : in.number(place, room), bytes);
  }

  private StillHeader header() throws HeaderException {
    long width = fields.getOrDefault(WIDTH, 0L);
    long height = fields.getOrDefault(HEIGHT, 0L);
    long samples = Math.min(64, Math.max(1, fields.getOrDefault(SAMPLES, 1L)));
    int bits = (int) Math.min(64, fields.getOrDefault(BITS, 1L));
    double columns = fields.getOrDefault(TILE_WIDTH, width);
    double rows =
        fields.containsKey(TILE_HEIGHT)
            ? fields.get(TILE_HEIGHT)
            : Math.min(height, fields.getOrDefault(STRIP_ROWS, height));
    double block = columns * rows * samples * Math.max(1, bits / 8);
    int orientation = (int) Math.min(8, fields.getOrDefault(ORIENTATION, 1L));
    return new StillHeader(
        StillKind.TIFF,
        width,
        height,
        samples(samples, bits),
        orientation,
        (long) Math.min(block, MAX_BLOCK));
  }

  private Samples samples(long count, int bits) throws HeaderException {
    long photometric = fields.getOrDefault(PHOTOMETRIC, count >= 3 ? 2L : 1L);
    Samples.Model model =
        switch ((int) Math.min(photometric, Integer.MAX_VALUE)) {
          case 0, 1 -> Samples.Model.GREY;
          case 2, 6 -> Samples.Model.RGB;
          case 3 -> Samples.Model.PALETTE;
          case 5 -> Samples.Model.CMYK;
          case 8 -> isD65() ? Samples.Model.LAB_D65 : Samples.Model.LAB;
          case 9 -> Samples.Model.ICC_LAB;
          default ->
              throw new HeaderException(
                  "has colours that cannot be read (PhotometricInterpretation %d); convert it to RGB"
                      .formatted(photometric));
        };
    boolean floats = fields.getOrDefault(SAMPLE_FORMAT, 1L) == FLOATS;
    return new Samples(model, alpha(model, count), Math.max(1, bits), floats);
  }

  /** Returns whether x of the white point says D65. The default is D50, as Adobe's note says. */
  private boolean isD65() {
    return Math.abs(whiteX - 0.3127) < SAME_WHITE;
  }

  /** A first extra sample without a meaning is alpha in practice. */
  private Samples.Alpha alpha(Samples.Model model, long count) {
    long colours =
        switch (model) {
          case GREY, PALETTE -> 1;
          case RGB, LAB, ICC_LAB, LAB_D65 -> 3;
          case CMYK -> 4;
        };
    if (count <= colours) {
      return Samples.Alpha.NONE;
    }
    return fields.getOrDefault(EXTRA_SAMPLES, 0L) == 1
        ? Samples.Alpha.PREMULTIPLIED
        : Samples.Alpha.STRAIGHT;
  }
}
