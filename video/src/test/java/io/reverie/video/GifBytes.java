package io.reverie.video;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes GIFs by hand, byte by byte, as no library writes them. */
public final class GifBytes {

  /** The transparent colour of a picture without one. */
  public static final int NONE = -1;

  private static final int COLOURS = 128;
  private static final int CLEAR = 128;
  private static final int END = 129;
  private static final int RUN = 100;

  private GifBytes() {}

  /**
   * A picture.
   *
   * @param disposal 0 and 1 keep, 2 clears, 3 restores
   * @param transparent the number of the colour, or {@link #NONE}
   * @param palette RGB of 128 colours; empty for the palette of the file
   * @param pixels numbers of colours
   */
  public record Picture(
      int left,
      int top,
      int width,
      int height,
      int disposal,
      int transparent,
      Optional<int[]> palette,
      int[] pixels) {}

  /**
   * Writes a GIF that is played for ever, with 100 ms for each picture.
   *
   * @param palette RGB of 128 colours for pictures without a palette
   * @param background the number of a colour that browsers ignore
   */
  public static byte[] of(
      int width, int height, Optional<int[]> palette, int background, List<Picture> pictures) {
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    gif.writeBytes("GIF89a".getBytes(StandardCharsets.ISO_8859_1));
    put16(gif, width);
    put16(gif, height);
    gif.write(palette.isPresent() ? 0xF6 : 0x70);
    gif.write(background);
    gif.write(0);
    palette.ifPresent(colours -> put(gif, colours));
    gif.writeBytes(new byte[] {0x21, (byte) 0xFF, 11});
    gif.writeBytes("NETSCAPE2.0".getBytes(StandardCharsets.ISO_8859_1));
    gif.writeBytes(new byte[] {3, 1, 0, 0, 0});
    pictures.forEach(picture -> put(gif, picture));
    gif.write(0x3B);
    return gif.toByteArray();
  }

  private static void put(ByteArrayOutputStream gif, Picture picture) {
    boolean holes = picture.transparent() != NONE;
    gif.writeBytes(new byte[] {0x21, (byte) 0xF9, 4});
    gif.write(picture.disposal() << 2 | (holes ? 1 : 0));
    put16(gif, 10);
    gif.write(holes ? picture.transparent() : 0);
    gif.write(0);
    gif.write(0x2C);
    put16(gif, picture.left());
    put16(gif, picture.top());
    put16(gif, picture.width());
    put16(gif, picture.height());
    gif.write(picture.palette().isPresent() ? 0x86 : 0);
    picture.palette().ifPresent(colours -> put(gif, colours));
    gif.write(7);
    putPixels(gif, picture.pixels());
  }

  /** Writes codes of 8 bits, and clears the decoder's table before it needs longer ones. */
  private static void putPixels(ByteArrayOutputStream gif, int[] pixels) {
    for (int from = 0; from < pixels.length; from += RUN) {
      int count = Math.min(RUN, pixels.length - from);
      gif.write(count + 1);
      gif.write(CLEAR);
      for (int i = 0; i < count; i++) {
        gif.write(pixels[from + i]);
      }
    }
    gif.write(1);
    gif.write(END);
    gif.write(0);
  }

  private static void put(ByteArrayOutputStream gif, int[] palette) {
    for (int i = 0; i < COLOURS; i++) {
      gif.write(palette[i] >> 16);
      gif.write(palette[i] >> 8);
      gif.write(palette[i]);
    }
  }

  private static void put16(ByteArrayOutputStream gif, int value) {
    gif.write(value);
    gif.write(value >> 8);
  }
}
