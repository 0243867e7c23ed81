package io.reverie.core.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Writes zips that no real archiver would. */
final class ZipWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;

  /** Adds a valid entry. */
  ZipWriter stored(String name, byte[] data) {
    return entry(name, 0, data, data.length);
  }

  /**
   * Adds a compressed entry.
   *
   * @param claimed uncompressed size in the directory
   */
  ZipWriter deflated(String name, byte[] data, long claimed) {
    // Level 9 takes half a minute for a memo of a million.
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 16];
    while (!deflater.finished()) {
      deflated.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return entry(name, 8, deflated.toByteArray(), claimed);
  }

  private ZipWriter entry(String name, int method, byte[] data, long claimed) {
    int header = bytes.size();
    local(name, method).writeBytes(data);
    return listed(name, method, data.length, claimed, header);
  }

  /** Adds a local header that several directory entries may refer to. */
  int header(String name, byte[] data) {
    int header = bytes.size();
    local(name, 0).writeBytes(data);
    return header;
  }

  private ByteArrayOutputStream local(String name, int method) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer local = little(30 + text.length).putInt(0x04034b50).putShort((short) 20);
    local.putShort(8, (short) method).putShort(26, (short) text.length).put(30, text);
    write(local, bytes);
    return bytes;
  }

  /** Adds a directory entry without data. */
  ZipWriter listed(String name, int method, int compressed, long size, int header) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    boolean wide = size != (int) size;
    ByteBuffer line = little(46 + text.length + (wide ? 12 : 0)).putInt(0x02014b50);
    line.putShort(10, (short) method).putInt(20, compressed);
    line.putInt(24, wide ? -1 : (int) size).putShort(28, (short) text.length);
    line.putShort(30, (short) (wide ? 12 : 0)).putInt(42, header).put(46, text);
    if (wide) {
      line.position(46 + text.length).putShort((short) 1).putShort((short) 8).putLong(size);
    }
    write(line, directory);
    entries++;
    return this;
  }

  byte[] end() {
    return end(entries);
  }

  /** Ends the zip with an entry count that may be wrong. */
  byte[] end(long count) {
    boolean wide = count >= 0xffff;
    int at = bytes.size();
    bytes.writeBytes(directory.toByteArray());
    if (wide) {
      int end = bytes.size();
      ByteBuffer zip64 = little(76).putInt(0x06064b50).putLong(44);
      zip64.putLong(32, count).putLong(40, directory.size()).putLong(48, at);
      write(zip64.putInt(56, 0x07064b50).putLong(64, end), bytes);
    }
    ByteBuffer end = little(22).putInt(0x06054b50).putShort(10, (short) (wide ? -1 : count));
    write(end.putInt(12, directory.size()).putInt(16, at), bytes);
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(ByteBuffer buffer, ByteArrayOutputStream out) {
    byte[] copy = new byte[buffer.limit()];
    buffer.get(0, copy);
    out.writeBytes(copy);
  }
}
