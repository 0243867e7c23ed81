package io.reverie.video.decode;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.header.Pictures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalInt;

/**
 * A GIF whose frames are cleared to transparency, as in browsers. FFmpeg clears them to the
 * background colour of the header unless that is also the transparent colour.
 */
final class ClearedGif {

  private static final int HEADER = 13;
  private static final int BACKGROUND = 11;

  private ClearedGif() {}

  /** Returns the file, with the transparent colour as background if it has one. */
  static MediaSource of(MediaSource gif) {
    try (SeekableByteChannel channel = gif.open()) {
      OptionalInt colour = Pictures.clearedColour(channel);
      if (colour.isEmpty()) {
        return gif;
      }
      ByteBuffer head = ByteBuffer.allocate(HEADER);
      channel.position(0);
      int read = 0;
      while (head.hasRemaining() && read >= 0) {
        read = channel.read(head);
      }
      head.put(BACKGROUND, (byte) colour.getAsInt());
      return new SplicedSource(gif.name(), gif, head.array(), HEADER, Long.MAX_VALUE);
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(gif.name(), e.getMessage()), e);
    }
  }
}
