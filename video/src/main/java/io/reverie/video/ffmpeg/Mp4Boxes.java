package io.reverie.video.ffmpeg;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** Reads the top-level boxes of an MP4 or QuickTime file. */
final class Mp4Boxes {

  private static final int HEADER = 16;

  private Mp4Boxes() {}

  /**
   * Returns whether a file starts like an MP4 but ends before its index, as an interrupted
   * recording does.
   */
  static boolean lacksIndex(MediaSource source) {
    try (SeekableByteChannel channel = source.open()) {
      ByteBuffer header = header(channel, 0);
      if (!type(header).equals("ftyp")) {
        return false;
      }
      long at = 0;
      while (header.remaining() >= 8) {
        if (type(header).equals("moov")) {
          return at + size(header) > channel.size();
        }
        if (size(header) < 8) {
          return true;
        }
        at += size(header);
        header = header(channel, at);
      }
      return true;
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(source.name(), e.getMessage()), e);
    }
  }

  private static ByteBuffer header(SeekableByteChannel channel, long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (at < channel.size()) {
      channel.position(at);
      while (header.hasRemaining() && channel.read(header) > 0) {}
    }
    return header.flip();
  }

  private static String type(ByteBuffer header) {
    return header.remaining() < 8
        ? ""
        : StandardCharsets.ISO_8859_1.decode(header.slice(4, 4)).toString();
  }

  /**
   * Returns the size of a box; 1 means that a 64-bit size follows, 0 that the box extends to the
   * end.
   */
  private static long size(ByteBuffer header) {
    long size = header.getInt(0) & 0xffffffffL;
    return size == 1 && header.remaining() == HEADER ? header.getLong(8) : size;
  }
}
