package io.reverie.video.header;

import io.reverie.video.memory.MemoryNeed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * What a still claims to be. The decoder is chosen by the first bytes, never by the extension.
 *
 * @param kind of the four that are read
 * @param width as stored, before it is turned upright
 * @param height as stored
 * @param channels of a pixel once it is decoded: 1 to 4
 * @param bits of a channel
 * @param extra bytes that decoding holds beside the pixels: the file, a progressive JPEG's
 *     coefficients, a TIFF's largest tile, the canvases of an animation
 */
public record StillHeader(
    StillKind kind, long width, long height, int channels, int bits, long extra) {

  /** The longest side that OpenCV takes. */
  private static final int LONGEST = 1 << 20;

  /** Three floats for each fit into one array. */
  public static final long MOST_PIXELS = (Integer.MAX_VALUE - 8) / 3;

  public StillHeader {
    channels = Math.max(1, Math.min(4, channels));
  }

  /**
   * Reads a header; the channel's position moves.
   *
   * @throws HeaderException for what is no such image, and for claims that no memory can hold
   */
  public static StillHeader of(SeekableByteChannel still) throws IOException {
    HeaderBytes in = new HeaderBytes(still);
    StillKind kind =
        StillKind.of(in.first(StillKind.LONGEST)).orElseThrow(HeaderException::damaged);
    if (!kind.isRead()) {
      throw new HeaderException(
          "is a %s image, whatever its name; convert it to PNG, JPEG, WebP or TIFF"
              .formatted(kind.title()));
    }
    try {
      StillHeader header =
          switch (kind) {
            case PNG -> PngHeader.of(in);
            case JPEG -> JpegHeader.of(in);
            case WEBP -> WebpHeader.of(in);
            default -> TiffHeader.of(in);
          };
      header.requirePossible();
      return header.with(in.length());
    } catch (EOFException e) {
      throw HeaderException.damaged(e);
    }
  }

  private StillHeader with(long more) {
    return new StillHeader(kind, width, height, channels, bits, extra + more);
  }

  private void requirePossible() throws HeaderException {
    if (width < 1 || height < 1) {
      throw HeaderException.damaged();
    }
    if (width > LONGEST || height > LONGEST || pixels() > MOST_PIXELS) {
      throw new HeaderException(
          "claims to have %dx%d px, and an image may have %d million px and %d px on a side; it may be damaged"
              .formatted(width, height, MOST_PIXELS / 1_000_000, LONGEST));
    }
  }

  public long pixels() {
    return width * height;
  }

  /** Bytes of a channel in the decoder's result. */
  private int depth() {
    return bits > 32 ? 8 : bits > 16 ? 4 : bits > 8 ? 2 : 1;
  }

  /** What reading takes: decoded twice where there may be transparency, then as floats. */
  public MemoryNeed reading() {
    boolean alpha = channels == 4;
    double decoded = (double) pixels() * depth() * (alpha ? 4 + 3 + 3 : channels);
    return new MemoryNeed((double) pixels() * Float.BYTES * (alpha ? 4 : 3), decoded + extra);
  }
}
