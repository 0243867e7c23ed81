package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Inserts a comment extension into a GIF, in blocks of at most 255 bytes. It precedes the first
 * frame, because FFmpeg counts one after the last as a further frame.
 */
public final class GifComment {

  private static final int FLAGS = 10;
  private static final int HEADER = 13;
  private static final int HAS_PALETTE = 0x80;
  private static final int BLOCK = 255;
  private static final int STEP = 1 << 20;

  private GifComment() {}

  /** Inserts a note into a local file. */
  public static void insert(Path gif, Note note) throws IOException {
    byte[] comment = comment(note.text().getBytes(ISO_8859_1));
    try (RandomAccessFile file = new RandomAccessFile(gif.toFile(), "rw")) {
      file.seek(FLAGS);
      int flags = file.readUnsignedByte();
      int palette = (flags & HAS_PALETTE) == 0 ? 0 : 3 << ((flags & 7) + 1);
      shift(file, HEADER + palette, comment.length);
      file.seek(HEADER + palette);
      file.write(comment);
    }
  }

  private static byte[] comment(byte[] text) {
    ByteArrayOutputStream comment = new ByteArrayOutputStream();
    comment.write(0x21);
    comment.write(0xFE);
    for (int at = 0; at < text.length; at += BLOCK) {
      int length = Math.min(BLOCK, text.length - at);
      comment.write(length);
      comment.write(text, at, length);
    }
    comment.write(0);
    return comment.toByteArray();
  }

  /** Moves the rest of the file, last block first. */
  private static void shift(RandomAccessFile file, long from, int by) throws IOException {
    byte[] some = new byte[STEP];
    long end = file.length();
    while (end > from) {
      int length = (int) Math.min(some.length, end - from);
      end -= length;
      file.seek(end);
      file.readFully(some, 0, length);
      file.seek(end + by);
      file.write(some, 0, length);
    }
  }
}
