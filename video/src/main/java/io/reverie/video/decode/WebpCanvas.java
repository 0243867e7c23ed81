package io.reverie.video.decode;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.header.WebpAnimation;
import io.reverie.video.header.WebpAnimation.Picture;
import io.reverie.video.still.Stills;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The canvas of an animated WebP, drawn picture by picture as in the <a
 * href="https://developers.google.com/speed/webp/docs/riff_container#canvas_assembly_from_frames">format's
 * description</a>. The background is transparent, as in browsers.
 */
final class WebpCanvas {

  private static final float OPAQUE = 255;
  private static final int HAS_ALPHA = 0x10;

  private final MediaSource media;
  private final WebpAnimation webp;
  private final int width;
  private final float[] rgb;
  private final float[] alpha;
  private int drawn = -1;
  private boolean corrupt;

  WebpCanvas(MediaSource media, WebpAnimation webp) {
    this.media = media;
    this.webp = webp;
    this.width = webp.canvas().width();
    this.rgb = new float[width * webp.canvas().height() * 3];
    this.alpha = new float[width * webp.canvas().height()];
  }

  /** Returns one picture as a file of its own. */
  static MediaSource still(MediaSource media, WebpAnimation webp, int which) {
    Picture picture = webp.pictures().get(which);
    ByteBuffer head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    int header = picture.alpha() ? 18 : 0;
    head.put(tag("RIFF")).putInt((int) (4 + header + picture.length())).put(tag("WEBP"));
    if (picture.alpha()) {
      head.put(tag("VP8X")).putInt(10).putInt(HAS_ALPHA);
      put24(head, picture.size().width() - 1);
      put24(head, picture.size().height() - 1);
    }
    return new PatchedSource(
        "%s, picture %d".formatted(media.name(), which + 1),
        media,
        Arrays.copyOf(head.array(), head.position()),
        picture.image(),
        picture.length());
  }

  private static byte[] tag(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void put24(ByteBuffer head, int value) {
    head.putShort((short) value).put((byte) (value >> 16));
  }

  /**
   * Draws a picture and those before it that it depends on; fastest in ascending order. A picture
   * that cannot be decoded changes nothing and marks the frame as corrupt.
   */
  void draw(int which) {
    boolean next = drawn == which || drawn == which - 1;
    if (!next && (drawn > which || drawn < start(which) - 1)) {
      jump(start(which));
    }
    while (drawn < which) {
      step();
    }
  }

  /** Begins on an empty canvas, with an earlier picture if this one is damaged. */
  private void jump(int which) {
    int from = which;
    begin(from);
    while (corrupt && from > 0) {
      from = start(from - 1);
      begin(from);
    }
  }

  private void begin(int which) {
    clear(0, 0, webp.canvas());
    drawn = which - 1;
    step();
  }

  private void step() {
    if (drawn >= 0 && webp.pictures().get(drawn).disposed()) {
      Picture last = webp.pictures().get(drawn);
      clear(last.left(), last.top(), last.size());
    }
    add(++drawn);
  }

  /** Returns the last picture up to this one that does not depend on earlier ones. */
  private int start(int which) {
    List<Picture> pictures = webp.pictures();
    for (int i = which; i > 0; i--) {
      Picture picture = pictures.get(i);
      Picture before = pictures.get(i - 1);
      boolean replaces = !picture.blended() || !picture.alpha();
      if ((picture.covers(webp.canvas()) && replaces)
          || (before.covers(webp.canvas()) && before.disposed())) {
        return i;
      }
    }
    return 0;
  }

  private void clear(int left, int top, Size area) {
    for (int y = top; y < top + area.height(); y++) {
      int from = y * width + left;
      Arrays.fill(alpha, from, from + area.width(), 0);
      Arrays.fill(rgb, from * 3, (from + area.width()) * 3, 0);
    }
  }

  private void add(int which) {
    Picture picture = webp.pictures().get(which);
    try {
      Frame image = Stills.read(still(media, webp, which)).frame();
      if (!new Size(image.width(), image.height()).equals(picture.size())) {
        throw new MediaException("a size that differs from the declared one");
      }
      corrupt = false;
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          int to = (picture.top() + y) * width + picture.left() + x;
          addPixel(image, y * image.width() + x, to, picture.blended());
        }
      }
    } catch (MediaException e) {
      corrupt = true;
    }
  }

  /** Replaces a pixel or draws over it: out = over + (1 - over) * under, by opacity. */
  private void addPixel(Frame image, int from, int to, boolean blended) {
    float over = image.alpha().map(a -> a[from]).orElse(OPAQUE);
    float under = blended ? alpha[to] * (OPAQUE - over) / OPAQUE : 0;
    float all = over + under;
    for (int c = 0; c < 3; c++) {
      float value = image.rgb()[from * 3 + c];
      rgb[to * 3 + c] =
          under > 0 ? Math.round((value * over + rgb[to * 3 + c] * under) / all) : value;
    }
    alpha[to] = Math.round(all);
  }

  /** Returns whether any pixel is not opaque. */
  boolean showsThrough() {
    for (float opacity : alpha) {
      if (opacity < OPAQUE) {
        return true;
      }
    }
    return false;
  }

  /** Returns a copy of the canvas. */
  Frame frame(long pts, boolean transparent) {
    return new Frame(
        width,
        webp.canvas().height(),
        rgb.clone(),
        transparent ? Optional.of(alpha.clone()) : Optional.empty(),
        pts,
        corrupt);
  }
}
