package io.reverie.video.header;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pages of a TIFF: its chain of image directories, without thumbnails and transparency masks.
 *
 * @param big whether it is a BigTIFF, whose positions have 64 bits
 * @param little whether it is little-endian
 * @param pages positions of the pages' directories
 */
public record TiffPages(boolean big, boolean little, List<Long> pages) {

  private static final int BIG = 43;
  private static final int MAX_ENTRIES = 4096;
  private static final int SUBFILE = 254;
  private static final int REDUCED = 1;
  private static final int MASK = 4;

  public TiffPages {
    pages = List.copyOf(pages);
  }

  /**
   * Reads the chain and moves the channel's position. It ends where it leaves the file or returns
   * to an earlier directory.
   *
   * @throws HeaderException if there are too many pages
   */
  public static TiffPages of(SeekableByteChannel tiff) throws IOException {
    return of(new HeaderBytes(tiff));
  }

  static TiffPages of(HeaderBytes in) throws IOException {
    boolean little = in.u8(0) == 'I';
    if (little) {
      in.littleEndian();
    }
    boolean big = in.u16(2) == BIG;
    List<Long> pages = new ArrayList<>();
    Pictures.asFarAsItReaches(() -> walk(in, big, pages));
    return new TiffPages(big, little, pages);
  }

  private static void walk(HeaderBytes in, boolean big, List<Long> pages) throws IOException {
    Set<Long> seen = new HashSet<>();
    long at = in.number(big ? 8 : 4, big ? 8 : 4);
    while (at > 0 && seen.add(at)) {
      Pictures.oneMore(seen.size());
      long entries = in.number(at, big ? 8 : 2);
      if (entries > MAX_ENTRIES) {
        return;
      }
      if (isPage(in, big, at + (big ? 8 : 2), (int) entries)) {
        pages.add(at);
      }
      at = in.number(at + (big ? 8 + entries * 20 : 2 + entries * 12), big ? 8 : 4);
    }
  }

  private static boolean isPage(HeaderBytes in, boolean big, long first, int entries)
      throws IOException {
    for (int i = 0; i < entries; i++) {
      long entry = first + (long) i * (big ? 20 : 12);
      if (in.u16(entry) == SUBFILE) {
        return (in.u32(entry + (big ? 12 : 8)) & (REDUCED | MASK)) == 0;
      }
    }
    return true;
  }

  /**
   * Returns the first bytes of a TIFF whose first page is the given one: the original's, with
   * another position of the first directory.
   */
  public byte[] headOf(int page) {
    ByteBuffer head = ByteBuffer.allocate(big ? 16 : 8);
    head.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    head.put((byte) (little ? 'I' : 'M')).put((byte) (little ? 'I' : 'M'));
    head.putShort((short) (big ? BIG : 42));
    if (big) {
      head.putShort((short) 8).putShort((short) 0).putLong(pages.get(page));
    } else {
      head.putInt((int) (long) pages.get(page));
    }
    return head.array();
  }
}
