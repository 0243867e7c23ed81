package io.reverie.video.header;

import io.reverie.video.header.Samples.Model;
import io.reverie.video.memory.MemoryNeed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * The size and format that a still's header claims. The format is detected from the first bytes,
 * never from the extension.
 *
 * @param kind one of the supported formats
 * @param width as stored, before EXIF orientation
 * @param height as stored
 * @param samples how pixels are stored
 * @param orientation as EXIF numbers them, 1 to 8; 1 unless a JPEG or TIFF says otherwise
 * @param extra bytes that decoding needs besides the pixels: the file, a progressive JPEG's
 *     coefficients, a TIFF's largest tile, an animation's canvases
 */
public record StillHeader(
    StillKind kind, long width, long height, Samples samples, int orientation, long extra) {

  /** The longest side that OpenCV supports. */
  private static final int LONGEST = 1 << 20;

  /** The number of pixels whose three floats fit into one array. */
  public static final long MAX_PIXELS = (Integer.MAX_VALUE - 8) / 3;

  public StillHeader {
    orientation = orientation < 1 || orientation > 8 ? 1 : orientation;
  }

  /**
   * Reads a header and moves the channel's position.
   *
   * @throws HeaderException if the file is not a supported image or claims an impossible size
   */
  public static StillHeader of(SeekableByteChannel still) throws IOException {
    HeaderBytes in = new HeaderBytes(still);
    StillKind kind =
        StillKind.of(in.first(StillKind.LONGEST)).orElseThrow(HeaderException::damaged);
    if (!kind.isRead()) {
      throw new HeaderException(
          "is a %s image, which cannot be read; convert it to PNG, JPEG, WebP or TIFF"
              .formatted(kind.title()));
    }
    try {
      StillHeader header =
          switch (kind) {
            case PNG -> PngHeader.of(in);
            case JPEG -> JpegHeader.of(in);
            case WEBP -> WebpHeader.of(in);
            case GIF -> SimpleHeaders.gif(in);
            case BMP -> SimpleHeaders.bmp(in);
            case OPEN_EXR -> ExrHeader.of(in);
            case HEIF, AVIF -> HeifHeader.of(in, kind);
            default -> TiffHeader.of(in);
          };
      header.requirePossible();
      return header.with(in.length());
    } catch (EOFException e) {
      throw HeaderException.damaged(e);
    }
  }

  private StillHeader with(long more) {
    return new StillHeader(kind, width, height, samples, orientation, extra + more);
  }

  private void requirePossible() throws HeaderException {
    if (width < 1 || height < 1) {
      throw HeaderException.damaged();
    }
    if (width > LONGEST || height > LONGEST || pixels() > MAX_PIXELS) {
      throw new HeaderException(
          "claims to have %dx%d px, but at most %d million px and %d px per side are supported; it may be damaged"
              .formatted(width, height, MAX_PIXELS / 1_000_000, LONGEST));
    }
  }

  public long pixels() {
    return width * height;
  }

  /**
   * Returns whether the JDK decodes it on the heap, because OpenCV would convert or drop something:
   * CMYK, and TIFF with alpha, L*a*b* or numbers of more than 16 bits.
   */
  public boolean isDecodedOnHeap() {
    if (samples.model() == Model.CMYK) {
      return true;
    }
    boolean lab =
        samples.model() != Model.PALETTE && samples.model() != Model.RGB && !samples.isGrey();
    boolean alpha = samples.hasAlpha() && samples.model() != Model.PALETTE;
    return kind == StillKind.TIFF && (lab || alpha || samples.floats() || samples.bits() > 16);
  }

  /** Returns the memory for reading: decoded twice if there may be alpha, then as floats. */
  public MemoryNeed reading() {
    boolean alpha = samples.channels() == 4 && samples.model() != Model.CMYK;
    double decoded = (double) pixels() * samples.depth() * (alpha ? 4 + 3 + 3 : samples.channels());
    double floats = (double) pixels() * Float.BYTES * (alpha ? 4 : 3);
    if (isDecodedOnHeap()) {
      double raster = (double) pixels() * samples.depth() * samples.channels();
      return new MemoryNeed(floats + raster + extra, extra);
    }
    return new MemoryNeed(floats, decoded + extra);
  }
}
