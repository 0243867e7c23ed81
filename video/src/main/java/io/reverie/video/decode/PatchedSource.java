package io.reverie.video.decode;

import io.reverie.video.MediaChannel;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A part of a file with its first bytes replaced, so that one of several pictures becomes a file of
 * its own.
 *
 * @param name for error messages
 * @param head the first bytes
 * @param from position in the file of the bytes that follow
 * @param length number of bytes that follow, clipped at the file's end
 */
record PatchedSource(String name, MediaSource file, byte[] head, long from, long length)
    implements MediaSource {

  @Override
  public SeekableByteChannel open() throws IOException {
    SeekableByteChannel channel = file.open();
    long rest = Math.max(0, Math.min(length, channel.size() - from));
    return new Spliced(channel, head, from, rest);
  }

  private static final class Spliced extends MediaChannel {

    private final byte[] head;
    private final long from;
    private final long rest;

    Spliced(SeekableByteChannel file, byte[] head, long from, long rest) {
      super(file);
      this.head = head;
      this.from = from;
      this.rest = rest;
    }

    @Override
    protected int read(ByteBuffer into, long at) throws IOException {
      if (at >= head.length) {
        return readFile(into, from + at - head.length, size() - at);
      }
      int count = (int) Math.min(into.remaining(), head.length - at);
      into.put(head, (int) at, count);
      return count;
    }

    @Override
    public long size() {
      return head.length + rest;
    }
  }
}
