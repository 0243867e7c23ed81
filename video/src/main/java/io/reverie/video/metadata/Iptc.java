package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.xmp.PrivateData;
import java.io.ByteArrayOutputStream;

/** IPTC-IIM records: a marker, record and dataset numbers, a length, and so on. */
final class Iptc {

  private static final int MARKER = 0x1C;
  private static final int HEAD = 5;
  private static final int APPLICATION = 2;
  private static final int EXTENDED = 0x8000;

  private Iptc() {}

  /** Removes places; datasets that follow a damaged one go too. */
  static byte[] withoutPrivate(byte[] record) {
    ByteView in = ByteView.of(record);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (int at = 0; at + HEAD <= in.length() && in.u8(at) == MARKER; ) {
      int length = in.u16(at + 3);
      int end = at + HEAD + length;
      if (length >= EXTENDED || end > in.length()) {
        break;
      }
      if (in.u8(at + 1) != APPLICATION || !PrivateData.isDataset(in.u8(at + 2))) {
        kept.write(record, at, end - at);
      }
      at = end;
    }
    return kept.toByteArray();
  }
}
