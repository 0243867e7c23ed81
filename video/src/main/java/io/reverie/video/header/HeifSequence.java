package io.reverie.video.header;

import java.io.IOException;
import java.util.List;

/**
 * The frames of an AVIF or HEIF sequence, which is stored as in MP4: the sample count of {@code
 * moov/trak/mdia/minf/stbl/stsz} (ISO/IEC 14496-12).
 */
final class HeifSequence {

  private static final List<Long> PATH =
      List.of(0x6D6F6F76L, 0x7472616BL, 0x6D646961L, 0x6D696E66L, 0x7374626CL, 0x7374737AL);
  private static final int MAX_BOXES = 10_000;

  /** Position of the number of samples in the box: after version, flags and a size. */
  private static final int COUNT = 8;

  private final HeaderBytes in;
  private int boxes;
  private long most = 1;

  private HeifSequence(HeaderBytes in) {
    this.in = in;
  }

  /** Returns the number of frames of the longest track, clipped; 1 without tracks. */
  static int frames(HeaderBytes in) throws IOException {
    HeifSequence sequence = new HeifSequence(in);
    Pictures.asFarAsItReaches(() -> sequence.read(0, in.length(), 0));
    return (int) Math.min(Pictures.MOST, sequence.most);
  }

  private void read(long from, long end, int depth) throws IOException {
    for (long at = from; at + 8 <= end; ) {
      long size = in.u32(at);
      int head = size == 1 ? 16 : 8;
      long next = size == 0 ? end : at + (size == 1 ? in.number(at + 8, 8) : size);
      if (next < at + head || next > end || ++boxes > MAX_BOXES) {
        return;
      }
      if (in.u32(at + 4) == PATH.get(depth)) {
        take(at + head, next, depth);
      }
      at = next;
    }
  }

  private void take(long content, long end, int depth) throws IOException {
    if (depth < PATH.size() - 1) {
      read(content, end, depth + 1);
    } else if (end - content >= COUNT + 4) {
      most = Math.max(most, in.u32(content + COUNT));
    }
  }
}
