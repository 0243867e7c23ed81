package io.reverie.video.header;

import io.reverie.video.header.Samples.Model;
import java.io.IOException;

/**
 * Reads the size of a HEIF or AVIF image: the largest of the item properties {@code ispe} (ISO/IEC
 * 23008-12), which belongs to the image itself or to its grid.
 */
final class HeifHeader {

  private static final long META = 0x6D657461;
  private static final long PROPERTIES = 0x69707270;
  private static final long CONTAINER = 0x6970636F;
  private static final long EXTENT = 0x69737065;
  private static final long BITS = 0x70697869;
  private static final long AUXILIARY = 0x61757843;
  private static final long SEQUENCE = 0x6D6F6F76;
  private static final int MAX_BOXES = 100_000;
  private static final int DEEPEST = 8;
  private static final int FULL = 4;

  private final HeaderBytes in;
  private int boxes;
  private int depth;
  private long width;
  private long height;
  private int bits = 8;
  private boolean alpha;

  private HeifHeader(HeaderBytes in) {
    this.in = in;
  }

  static StillHeader of(HeaderBytes in, StillKind kind) throws IOException {
    HeifHeader header = new HeifHeader(in);
    header.read(0, in.length());
    if (header.width == 0) {
      throw HeaderException.damaged();
    }
    return new StillHeader(
        kind, header.width, header.height, Samples.of(Model.RGB, header.alpha, header.bits), 1, 0);
  }

  private void read(long from, long end) throws IOException {
    depth++;
    for (long at = from; at + 8 <= end; ) {
      if (++boxes > MAX_BOXES || depth > DEEPEST) {
        throw HeaderException.damaged();
      }
      long size = in.u32(at);
      long type = in.u32(at + 4);
      long content = at + 8;
      if (size == 1) {
        size = in.number(at + 8, 8);
        content = at + 16;
      }
      long next = size == 0 ? end : at + size;
      if (next < content || next > end) {
        return;
      }
      take(type, content, next);
      at = next;
    }
    depth--;
  }

  private void take(long type, long content, long end) throws IOException {
    if (type == META) {
      read(content + FULL, end);
    } else if (type == PROPERTIES || type == CONTAINER) {
      read(content, end);
    } else if (type == EXTENT && end - content >= FULL + 8) {
      long w = in.u32(content + FULL);
      long h = in.u32(content + FULL + 4);
      if ((double) w * h > (double) width * height) {
        width = w;
        height = h;
      }
    } else if (type == BITS && end - content > FULL + 1) {
      bits = Math.max(bits, in.u8(content + FULL + 1));
    } else if (type == AUXILIARY) {
      alpha |= names(content + FULL, end, "alpha") || names(content + FULL, end, "auxid:1");
    } else if (type == SEQUENCE && width == 0) {
      throw new HeaderException(
          "is a sequence of images; name it as a video, or convert it to PNG, JPEG, WebP or TIFF");
    }
  }

  /** Returns whether a text that ends in a zero byte ends with a word. */
  private boolean names(long from, long end, String word) throws IOException {
    StringBuilder text = new StringBuilder();
    for (long at = from; at < Math.min(end, from + 256) && in.u8(at) != 0; at++) {
      text.append((char) in.u8(at));
    }
    return text.toString().endsWith(word);
  }
}
