package io.reverie.video.header;

import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

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
  private static final int CLEARS = 2;

  private final HeaderBytes in;
  private int count;
  private int plays = 1;
  private boolean mayShowThrough;
  private final Set<Integer> cleared = new HashSet<>();

  private GifBlocks(HeaderBytes in) {
    this.in = in;
  }

  static Pictures pictures(HeaderBytes in) throws IOException {
    GifBlocks blocks = new GifBlocks(in);
    in.littleEndian();
    Pictures.asFarAsItReaches(blocks::walk);
    return new Pictures(StillKind.GIF, blocks.count, true, blocks.plays, blocks.mayShowThrough);
  }

  /** Returns the transparent colour of all frames that are cleared, if it is the same in all. */
  static OptionalInt clearedColour(HeaderBytes in) throws IOException {
    GifBlocks blocks = new GifBlocks(in);
    in.littleEndian();
    Pictures.asFarAsItReaches(blocks::walk);
    return blocks.cleared.size() == 1
        ? OptionalInt.of(blocks.cleared.iterator().next())
        : OptionalInt.empty();
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
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private long image(long at) throws IOException {
    if (count == 0) {
      boolean covers = in.number(at + 1, 4) == 0 && in.number(at + 5, 4) == in.number(WIDTH, 4);
      mayShowThrough |= !covers;
    }
    count = Pictures.oneMore(count);
    // A code size precedes the data.
    return afterBlocks(at + 10 + palette(in.u8(at + 9)) + 1);
  }

  private long extension(long at) throws IOException {
    int label = in.u8(at + 1);
    if (label == GRAPHIC_CONTROL) {
      int flags = in.u8(at + 3);
      if (((flags >> 2) & 7) == CLEARS && (flags & 1) != 0) {
        cleared.add(in.u8(at + 6));
      }
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
