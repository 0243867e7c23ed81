package io.reverie.video;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of a media file, wherever they lie; each call of {@link #open} gives an independent
 * channel.
 */
public interface MediaSource {

  /** What to call it in messages; its extension helps where the content leaves the format open. */
  String name();

  /** Opens the bytes from the start; the caller closes. */
  SeekableByteChannel open() throws IOException;

  /** A file of the local file system. */
  static MediaSource of(Path file) {
    return new MediaSource() {
      @Override
      public String name() {
        return file.toString();
      }

      @Override
      public SeekableByteChannel open() throws IOException {
        return Files.newByteChannel(file);
      }
    };
  }
}
