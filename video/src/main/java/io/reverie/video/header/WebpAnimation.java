package io.reverie.video.header;

import io.reverie.video.Size;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The pictures of an animated WebP; see <a
 * href="https://developers.google.com/speed/webp/docs/riff_container">the format</a>.
 *
 * @param canvas size of the animation
 * @param plays how often it is played; 0 for endlessly
 * @param pictures in order; none in a still
 */
public record WebpAnimation(Size canvas, int plays, List<Picture> pictures) {

  private static final int FIRST_CHUNK = 12;
  private static final int HEAD = 8;
  private static final int ANIMATION = 0x02;
  private static final long EXTENDED = tag("VP8X");
  private static final long LOOP = tag("ANIM");
  private static final long FRAME = tag("ANMF");
  private static final long ALPHA = tag("ALPH");
  private static final long LOSSLESS = tag("VP8L");
  private static final int FIELDS = 16;
  private static final int DISPOSED = 1;
  private static final int REPLACES = 2;

  /**
   * One picture.
   *
   * @param at position of its chunk's data in the file: the fields, then the coded image
   * @param length bytes of the coded image, which follows the fields
   * @param left column on the canvas
   * @param top row on the canvas
   * @param millis how long it is shown
   * @param alpha whether its image may have transparent pixels
   * @param blended whether it is drawn over what is there; otherwise it replaces it
   * @param disposed whether its area becomes transparent after it was shown
   */
  public record Picture(
      long at,
      long length,
      int left,
      int top,
      Size size,
      int millis,
      boolean alpha,
      boolean blended,
      boolean disposed) {

    /** Position of the coded image in the file. */
    public long image() {
      return at + FIELDS;
    }

    /** Position in the file of the byte with the flags for blending and disposal. */
    public long flags() {
      return at + FIELDS - 1;
    }

    /** Returns whether it covers the whole canvas. */
    public boolean covers(Size canvas) {
      return left == 0 && top == 0 && size.equals(canvas);
    }
  }

  public WebpAnimation {
    pictures = List.copyOf(pictures);
  }

  /**
   * Reads the structure and moves the channel's position.
   *
   * @throws HeaderException if a picture reaches outside the canvas, or there are too many
   */
  public static WebpAnimation of(SeekableByteChannel webp) throws IOException {
    return of(new HeaderBytes(webp));
  }

  static WebpAnimation of(HeaderBytes in) throws IOException {
    in.littleEndian();
    if (in.length() < FIRST_CHUNK + HEAD + 10
        || in.u32(FIRST_CHUNK) != EXTENDED
        || (in.u8(FIRST_CHUNK + HEAD) & ANIMATION) == 0) {
      return new WebpAnimation(new Size(1, 1), 0, List.of());
    }
    int content = FIRST_CHUNK + HEAD;
    Size canvas = new Size(u24(in, content + 4) + 1, u24(in, content + 7) + 1);
    List<Picture> pictures = new ArrayList<>();
    int plays = 0;
    long size;
    for (long at = FIRST_CHUNK; at + HEAD <= in.length(); at += HEAD + size + (size & 1)) {
      size = in.u32(at + 4);
      long type = in.u32(at);
      if (type == LOOP && at + HEAD + 6 <= in.length()) {
        plays = in.u16(at + HEAD + 4);
      } else if (type == FRAME && size >= FIELDS && at + HEAD + size <= in.length()) {
        Pictures.oneMore(pictures.size());
        pictures.add(picture(in, at + HEAD, size - FIELDS, canvas));
      }
    }
    return new WebpAnimation(canvas, plays, pictures);
  }

  private static Picture picture(HeaderBytes in, long at, long length, Size canvas)
      throws IOException {
    int left = 2 * u24(in, at);
    int top = 2 * u24(in, at + 3);
    Size size = new Size(u24(in, at + 6) + 1, u24(in, at + 9) + 1);
    if ((long) left + size.width() > canvas.width()
        || (long) top + size.height() > canvas.height()) {
      throw new HeaderException(
          "is damaged: a picture of %s px reaches outside its canvas of %s px"
              .formatted(size, canvas));
    }
    int flags = in.u8(at + FIELDS - 1);
    return new Picture(
        at,
        length,
        left,
        top,
        size,
        u24(in, at + 12),
        length >= HEAD && hasAlpha(in, at + FIELDS, length),
        (flags & REPLACES) == 0,
        (flags & DISPOSED) != 0);
  }

  /**
   * A lossy image has a chunk of its own for alpha, a lossless one a bit after its 14-bit sides.
   */
  private static boolean hasAlpha(HeaderBytes in, long image, long length) throws IOException {
    long type = in.u32(image);
    boolean lossless = type == LOSSLESS && length >= HEAD + 5;
    return type == ALPHA || (lossless && (in.u8(image + HEAD + 4) & 0x10) != 0);
  }

  private static int u24(HeaderBytes in, long at) throws IOException {
    return (int) in.number(at, 3);
  }

  private static long tag(String name) {
    long tag = 0;
    for (int i = 3; i >= 0; i--) {
      tag = (tag << 8) | name.charAt(i);
    }
    return tag;
  }

  /** Returns whether the canvas may have transparent pixels at any time. */
  public boolean mayShowThrough() {
    return pictures.stream().anyMatch(p -> p.alpha() || p.disposed())
        || pictures.stream().limit(1).anyMatch(p -> !p.covers(canvas));
  }
}
