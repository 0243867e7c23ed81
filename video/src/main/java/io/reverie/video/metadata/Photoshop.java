package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Photoshop's image resources, which hold a JPEG's IPTC record; the rest of them, such as previews,
 * is not carried.
 */
final class Photoshop {

  private static final byte[] MARK = "8BIM".getBytes(ISO_8859_1);
  private static final int IPTC = 0x0404;

  private Photoshop() {}

  /**
   * Returns the IPTC record in resources, or the bytes themselves if they are a record.
   *
   * @throws IllegalArgumentException if they have none
   */
  static byte[] iptc(byte[] resources) {
    ByteView in = ByteView.of(resources);
    if (in.length() > 0 && in.u8(0) == 0x1C) {
      return resources;
    }
    for (long at = 0; in.has(at, MARK); ) {
      // A Pascal string of even length precedes the size.
      long size = at + 6 + even(1 + in.u8(at + 6));
      if (in.u16(at + 4) == IPTC) {
        return in.part(size + 4, in.u32(size));
      }
      at = size + 4 + even(in.u32(size));
    }
    return new byte[0];
  }

  private static long even(long length) {
    return length + (length & 1);
  }

  /** Returns resources that consist of an IPTC record alone. */
  static byte[] resources(byte[] record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MARK);
    out.writeBytes(
        ByteBuffer.allocate(8)
            .putShort((short) IPTC)
            .putShort((short) 0)
            .putInt(record.length)
            .array());
    out.writeBytes(record);
    if (record.length % 2 == 1) {
      out.write(0);
    }
    return out.toByteArray();
  }
}
