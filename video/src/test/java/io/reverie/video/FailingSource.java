package io.reverie.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A source that fails beyond a position, like a lost connection. */
public record FailingSource(MediaSource whole, long limit) implements MediaSource {

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    SeekableByteChannel inner = whole.open();
    return new SeekableByteChannel() {
      @Override
      public int read(ByteBuffer into) throws IOException {
        if (inner.position() + into.remaining() > limit) {
          throw new IOException("the line was cut");
        }
        return inner.read(into);
      }

      @Override
      public int write(ByteBuffer from) {
        throw new UnsupportedOperationException();
      }

      @Override
      public long position() throws IOException {
        return inner.position();
      }

      @Override
      public SeekableByteChannel position(long to) throws IOException {
        inner.position(to);
        return this;
      }

      @Override
      public long size() throws IOException {
        return inner.size();
      }

      @Override
      public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean isOpen() {
        return inner.isOpen();
      }

      @Override
      public void close() throws IOException {
        inner.close();
      }
    };
  }
}
