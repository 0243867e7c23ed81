package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stores notes in WebP's {@code XMP } chunk, which requires the extended header {@code VP8X}; see
 * <a href="https://developers.google.com/speed/webp/docs/riff_container">the format</a>.
 */
record WebpCarrier() implements NoteCarrier {

  private static final int FIRST_CHUNK = 12;
  private static final int HEAD = 8;
  private static final int HAS_XMP = 0x04;
  private static final int HAS_ALPHA = 0x10;

  @Override
  public boolean matches(byte[] still) {
    return ByteRuns.startsWith(still, 0, ascii("RIFF"))
        && ByteRuns.startsWith(still, 8, ascii("WEBP"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Optional<byte[]> put(byte[] still, Note note) {
    boolean extended = ByteRuns.startsWith(still, FIRST_CHUNK, ascii("VP8X"));
    byte[] header = extended ? new byte[0] : chunk("VP8X", header(still));
    byte[] whole =
        ByteRuns.joined(
            Arrays.copyOf(still, FIRST_CHUNK),
            header,
            Arrays.copyOfRange(still, FIRST_CHUNK, still.length),
            chunk("XMP ", Xmp.packet(note)));
    whole[FIRST_CHUNK + HEAD] |= HAS_XMP;
    littleEndian(whole).putInt(4, whole.length - HEAD);
    return Optional.of(whole);
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] chunk = new byte[HEAD + content.length + (content.length & 1)];
    littleEndian(chunk).put(ascii(type)).putInt(content.length).put(content);
    return chunk;
  }

  /**
   * Builds the extended header from the image's own: flags, then width - 1 and height - 1 in 24
   * bits each.
   */
  private static byte[] header(byte[] still) {
    ByteBuffer in = littleEndian(still);
    int content = FIRST_CHUNK + HEAD;
    boolean lossless = ByteRuns.startsWith(still, FIRST_CHUNK, ascii("VP8L"));
    // Lossless: 14 bits each and an alpha flag after a signature byte; lossy: 16 bits each after a
    // tag.
    int packed = in.getInt(content + (lossless ? 1 : 6));
    int width = lossless ? packed & 0x3FFF : (packed & 0x3FFF) - 1;
    int height = lossless ? (packed >> 14) & 0x3FFF : ((packed >> 16) & 0x3FFF) - 1;
    boolean alpha = lossless && (packed & (1 << 28)) != 0;
    byte[] header = new byte[10];
    littleEndian(header)
        .putInt(alpha ? HAS_ALPHA : 0)
        .putShort((short) width)
        .put((byte) 0)
        .putShort((short) height);
    return header;
  }

  @Override
  public Optional<String> text(byte[] still) {
    ByteBuffer in = littleEndian(still);
    int size;
    for (int at = FIRST_CHUNK; at < still.length; at += HEAD + size + (size & 1)) {
      size = ByteRuns.length(in.getInt(at + 4));
      if (ByteRuns.startsWith(still, at, ascii("XMP "))) {
        return Xmp.text(ByteRuns.part(still, at + HEAD, size));
      }
    }
    return Optional.empty();
  }
}
