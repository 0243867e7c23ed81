package io.reverie.video;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A media file in any storage; each call of {@link #open} returns an independent channel, so a
 * source may be shared by threads.
 */
public interface MediaSource {

  /**
   * Returns the name for error messages; its extension decides the format if the content does not.
   */
  String name();

  /**
   * Opens the file at position 0; the caller closes it.
   *
   * @throws IOException if the file is missing or cannot be read
   */
  SeekableByteChannel open() throws IOException;

  /** Wraps a local file. */
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

  /**
   * Wraps content that was read already.
   *
   * @param name of the file it was read from
   * @param content not copied
   */
  static MediaSource of(String name, byte[] content) {
    return new MediaSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public SeekableByteChannel open() {
        return new ByteChannel(content);
      }
    };
  }
}
