package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Stores notes in JPEG's APP1 segment with an XMP packet. */
record JpegCarrier() implements NoteCarrier {

  private static final byte[] START = {(byte) 0xFF, (byte) 0xD8};
  private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(ISO_8859_1);
  private static final int APP0 = 0xFFE0;
  private static final int APP1 = 0xFFE1;
  private static final int LARGEST_SEGMENT = 0xFFFF;

  @Override
  public boolean matches(byte[] still) {
    return ByteRuns.startsWith(still, 0, START);
  }

  /** Inserts the segment after APP0, which JFIF requires to be first. */
  @Override
  public Optional<byte[]> put(byte[] still, Note note) {
    byte[] packet = Xmp.packet(note);
    int length = 2 + XMP.length + packet.length;
    if (length > LARGEST_SEGMENT) {
      return Optional.empty();
    }
    byte[] segment =
        ByteBuffer.allocate(2 + length)
            .putShort((short) APP1)
            .putShort((short) length)
            .put(XMP)
            .put(packet)
            .array();
    ByteBuffer in = ByteBuffer.wrap(still);
    int at = START.length;
    while (marker(in, at) == APP0) {
      at = next(in, at);
    }
    return Optional.of(ByteRuns.inserted(still, at, segment));
  }

  private static int marker(ByteBuffer in, int at) {
    return Short.toUnsignedInt(in.getShort(at));
  }

  private static int next(ByteBuffer in, int at) {
    return at + 2 + Short.toUnsignedInt(in.getShort(at + 2));
  }

  @Override
  public Optional<String> text(byte[] still) {
    ByteBuffer in = ByteBuffer.wrap(still);
    // Tables and APPn segments precede the image data.
    for (int at = START.length; marker(in, at) >= 0xFFC0 && marker(in, at) != 0xFFDA; ) {
      int end = next(in, at);
      if (marker(in, at) == APP1 && ByteRuns.startsWith(still, at + 4, XMP)) {
        return Xmp.text(ByteRuns.part(still, at + 4 + XMP.length, end - at - 4 - XMP.length));
      }
      at = end;
    }
    return Optional.empty();
  }
}
