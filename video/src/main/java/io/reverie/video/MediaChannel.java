package io.reverie.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Shows a file with some of its bytes changed, left out or added. The file itself is unchanged. */
public abstract class MediaChannel extends ReadOnlyChannel {

  private final SeekableByteChannel file;

  /**
   * Creates a channel at position 0.
   *
   * @param file is closed with the channel
   */
  protected MediaChannel(SeekableByteChannel file) {
    this.file = file;
  }

  /** Puts some bytes of the file into a buffer: {@code most}, or as many as have room. */
  protected final int readFile(ByteBuffer into, long from, long most) throws IOException {
    int limit = into.limit();
    into.limit((int) Math.min(limit, into.position() + most));
    try {
      file.position(from);
      return file.read(into);
    } finally {
      into.limit(limit);
    }
  }

  @Override
  public final boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public final void close() throws IOException {
    file.close();
  }
}
