package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.reverie.video.metadata.bytes.ByteView;
import java.io.ByteArrayOutputStream;

/** The comment extensions of a GIF before its first picture. */
record GifComments() implements MetadataSource {

  private static final byte[] MARK = "GIF8".getBytes(ISO_8859_1);
  private static final int FLAGS = 10;
  private static final int HEADER = 13;
  private static final int HAS_PALETTE = 0x80;
  private static final int EXTENSION = 0x21;
  private static final int COMMENT = 0xFE;

  @Override
  public boolean matches(ByteView still) {
    return still.has(0, MARK);
  }

  @Override
  public void read(ByteView still, MetadataBuilder found) {
    int flags = still.u8(FLAGS);
    int at = HEADER + ((flags & HAS_PALETTE) == 0 ? 0 : 3 << ((flags & 7) + 1));
    while (still.u8(at) == EXTENSION) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      boolean comment = still.u8(at + 1) == COMMENT;
      at += 2;
      for (int length = still.u8(at); length > 0; length = still.u8(at)) {
        if (comment && content.size() < ByteView.LONGEST) {
          content.writeBytes(still.part(at + 1L, length));
        }
        at += 1 + length;
      }
      at++;
      if (comment) {
        found.text(
            () -> new TextItem(TextItem.COMMENT, JpegContainer.decoded(content.toByteArray())));
      }
    }
  }
}
