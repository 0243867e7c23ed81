package io.reverie.video.header;

import java.io.IOException;
import java.util.Arrays;

/**
 * Walks the blocks of a GIF; see <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">the
 * format</a>. The number of plays is in the application extension {@code NETSCAPE2.0}, which counts
 * repetitions after the first play.
 */
final class GifBlocks {

  private static final int WIDTH = 6;
  private static final int FLAGS = 10;
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int APPLICATION = 0xFF;
  private static final int KEEPS = 1;
  private static final int DESCRIPTOR = 10;
  private static final int PALETTE = 0x80;

  private final HeaderBytes in;
  private int count;
  private int plays = 1;
  private boolean mayShowThrough;
  private long[] sharing = new long[16];
  private int sharers;

  private GifBlocks(HeaderBytes in) {
    this.in = in;
  }

  static Pictures pictures(HeaderBytes in) throws IOException {
    GifBlocks blocks = new GifBlocks(in);
    in.littleEndian();
    Pictures.asFarAsItReaches(blocks::walk);
    return new Pictures(StillKind.GIF, blocks.count, true, blocks.plays, blocks.mayShowThrough);
  }

  /** Returns where the descriptors end of pictures that use the palette of the whole file. */
  static long[] endsOfSharingDescriptors(HeaderBytes in) throws IOException {
    GifBlocks blocks = new GifBlocks(in);
    in.littleEndian();
    Pictures.asFarAsItReaches(blocks::walk);
    return Arrays.copyOf(blocks.sharing, blocks.sharers);
  }

  private void walk() throws IOException {
    long at = (long) HEADER + palette(in.u8(FLAGS));
    while (true) {
      switch (in.u8(at)) {
        case EXTENSION -> at = extension(at);
        case IMAGE -> at = image(at);
        default -> {
          return;
        }
      }
    }
  }

  private static int palette(int flags) {
    return (flags & PALETTE) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private long image(long at) throws IOException {
    if (count == 0) {
      boolean covers = in.number(at + 1, 4) == 0 && in.number(at + 5, 4) == in.number(WIDTH, 4);
      mayShowThrough |= !covers;
    }
    count = Pictures.oneMore(count);
    int flags = in.u8(at + DESCRIPTOR - 1);
    if ((flags & PALETTE) == 0) {
      share(at + DESCRIPTOR);
    }
    // A code size precedes the data.
    return afterBlocks(at + DESCRIPTOR + palette(flags) + 1);
  }

  private void share(long end) {
    if (sharers == sharing.length) {
      sharing = Arrays.copyOf(sharing, 2 * sharers);
    }
    sharing[sharers++] = end;
  }

  private long extension(long at) throws IOException {
    int label = in.u8(at + 1);
    if (label == GRAPHIC_CONTROL) {
      int flags = in.u8(at + 3);
      mayShowThrough |= (flags & 1) != 0 || ((flags >> 2) & 7) > KEEPS;
    } else if (label == APPLICATION && isLoop(at) && in.u8(at + 14) == 3) {
      int repeats = in.u16(at + 16);
      plays = repeats == 0 ? 0 : repeats + 1;
    }
    return afterBlocks(at + 2);
  }

  private boolean isLoop(long at) throws IOException {
    String wanted = "NETSCAPE2.0";
    for (int i = 0; i < wanted.length(); i++) {
      if (in.u8(at + 3 + i) != wanted.charAt(i)) {
        return false;
      }
    }
    return in.u8(at + 2) == wanted.length();
  }

  /** Returns the position after a chain of data blocks. */
  private long afterBlocks(long first) throws IOException {
    long at = first;
    int length = in.u8(at);
    while (length > 0) {
      at += 1 + length;
      length = in.u8(at);
    }
    return at + 1;
  }
}
