package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/** Stores notes in PNG's {@code tEXt} chunks: a keyword, a zero byte, the text. */
record PngCarrier() implements NoteCarrier {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final String KEYWORD = "reverie";

  /** Length, type and checksum of a chunk. */
  private static final int FRAME = 12;

  @Override
  public boolean matches(byte[] still) {
    return ByteRuns.startsWith(still, 0, SIGNATURE);
  }

  /**
   * Inserts the chunks after the header, which must be first, so readers find them before the
   * pixels.
   */
  @Override
  public Optional<byte[]> put(byte[] still, Note note) {
    int header = ByteBuffer.wrap(still).getInt(SIGNATURE.length) + FRAME;
    return Optional.of(
        ByteRuns.inserted(
            still,
            SIGNATURE.length + header,
            ByteRuns.joined(chunk("Software", note.program()), chunk(KEYWORD, note.text()))));
  }

  private static byte[] chunk(String keyword, String text) {
    byte[] content = ("tEXt" + keyword + '\0' + text).getBytes(ISO_8859_1);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return ByteBuffer.allocate(content.length + 8)
        .putInt(content.length - 4)
        .put(content)
        .putInt((int) checksum.getValue())
        .array();
  }

  @Override
  public Optional<String> text(byte[] still) {
    byte[] wanted = ("tEXt" + KEYWORD + '\0').getBytes(ISO_8859_1);
    ByteBuffer in = ByteBuffer.wrap(still);
    int length;
    for (int at = SIGNATURE.length; at < still.length; at += length + FRAME) {
      length = ByteRuns.length(in.getInt(at));
      if (ByteRuns.startsWith(still, at + 4, wanted)) {
        byte[] text = ByteRuns.part(still, at + 4 + wanted.length, length + 4 - wanted.length);
        return Optional.of(new String(text, ISO_8859_1));
      }
    }
    return Optional.empty();
  }
}
