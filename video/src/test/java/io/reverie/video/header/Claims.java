package io.reverie.video.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Files of a few bytes that claim to be images of any size. */
public final class Claims {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private Claims() {}

  /** Returns an 8-bit RGB PNG without pixels. */
  public static byte[] png(long width, long height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt((int) width).putInt((int) height);
    header.put(new byte[] {8, 2, 0, 0, 0});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(PNG);
    file.writeBytes(chunk("IHDR", header.array()));
    file.writeBytes(chunk("IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1}));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer body = ByteBuffer.allocate(4 + content.length);
    body.put(type.getBytes(ISO_8859_1)).put(content);
    CRC32 checksum = new CRC32();
    checksum.update(body.array());
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(body.array())
        .putInt((int) checksum.getValue())
        .array();
  }

  /** Returns a JPEG with an APPn segment, a garbage byte and its frame header. */
  public static byte[] jpeg(int marker, int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(64);
    file.putShort((short) 0xFFD8).putShort((short) 0xFFE1).putShort((short) 6).putInt(0);
    file.put((byte) 7).putShort((short) (0xFF00 | marker)).putShort((short) 17).put((byte) 8);
    file.putShort((short) height).putShort((short) width).put((byte) 3);
    return file.array();
  }

  /** Returns an extended WebP. */
  public static byte[] webp(int width, int height) {
    ByteBuffer file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(56).put(ascii("WEBPVP8X")).putInt(10).putInt(0);
    return file.put(three(width - 1)).put(three(height - 1)).array();
  }

  private static byte[] three(int number) {
    return new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)};
  }

  private static byte[] ascii(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Returns a TIFF whose first directory follows its second. */
  public static byte[] tiff(ByteOrder order, int width, int height, int tile) {
    ByteBuffer file = ByteBuffer.allocate(256).order(order);
    file.put(ascii(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")).putShort((short) 42);
    file.putInt(100).position(100);
    file.putShort((short) 5);
    entry(file, 256, width);
    entry(file, 257, height);
    entry(file, 277, 3);
    entry(file, 322, tile);
    entry(file, 323, tile);
    return file.putInt(8).array();
  }

  private static void entry(ByteBuffer file, int tag, int value) {
    file.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
  }

  /** Returns a BigTIFF. */
  public static byte[] bigTiff(long width, long height) {
    ByteBuffer file = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("II")).putShort((short) 43).putShort((short) 8).putShort((short) 0);
    file.putLong(16).putLong(2);
    for (int i = 0; i < 2; i++) {
      file.putShort((short) (256 + i)).putShort((short) 16).putLong(1);
      file.putLong(i == 0 ? width : height);
    }
    return file.array();
  }
}
