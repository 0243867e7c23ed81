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
  private static final int MOST_ENTRIES = 0xFFFF;

  /** OpenCV rejects larger blocks. */
  private static final double MOST_BLOCK = 1L << 30;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int PHOTOMETRIC = 262;
  private static final int PALETTE = 3;
  private static final int SAMPLES = 277;
  private static final int STRIP_ROWS = 278;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;

  private final HeaderBytes in;
  private final boolean big;
  private final Map<Integer, Long> fields = new HashMap<>();

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
    if (entries > MOST_ENTRIES) {
      throw HeaderException.damaged();
    }
    int length = big ? 20 : 12;
    for (long entry = at + (big ? 8 : 2), left = entries; left > 0; left--, entry += length) {
      // Decoders differ in which of two equal tags they use, so the larger value counts.
      fields.merge(in.u16(entry), value(entry), Math::max);
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

  private StillHeader header() {
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
    boolean plain = samples == 1 && fields.getOrDefault(PHOTOMETRIC, 1L) != PALETTE;
    int channels = plain ? 1 : samples == 3 ? 3 : 4;
    return new StillHeader(
        StillKind.TIFF, width, height, channels, bits, (long) Math.min(block, MOST_BLOCK));
  }
}
