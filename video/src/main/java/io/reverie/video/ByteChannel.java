package io.reverie.video;

import java.nio.ByteBuffer;

/** Reads from an array. */
final class ByteChannel extends ReadOnlyChannel {

  private final byte[] content;
  private boolean open = true;

  ByteChannel(byte[] content) {
    this.content = content;
  }

  @Override
  protected int read(ByteBuffer into, long at) {
    int count = (int) Math.min(into.remaining(), content.length - at);
    into.put(content, (int) at, count);
    return count;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
