package io.reverie.video.header;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * Properties of the pictures in a file, read from its structure without decoding.
 *
 * @param kind the format
 * @param count pictures in the file: an animation's frames, a TIFF's pages, those of the longest
 *     sequence of a HEIF, otherwise 1; 0 if it is damaged before the first
 * @param animated whether they are the frames of an animation
 * @param plays how often an animation is played; 0 for endlessly
 * @param mayShowThrough whether the structure allows transparent pixels in an animation
 */
public record Pictures(
    StillKind kind, int count, boolean animated, int plays, boolean mayShowThrough) {

  /** More pictures than any animation has; files with more are refused. */
  static final int MOST = 1_000_000;

  public Pictures {
    if (count < 0 || plays < 0) {
      throw new IllegalArgumentException(
          "%d pictures cannot be played %d times".formatted(count, plays));
    }
  }

  /**
   * Reads the structure of a file and moves the channel's position. A truncated file counts as far
   * as it reaches.
   *
   * @return empty if the file is not an image of a known format
   * @throws HeaderException if it holds more than a million pictures
   */
  public static Optional<Pictures> of(SeekableByteChannel file) throws IOException {
    HeaderBytes in = new HeaderBytes(file);
    Optional<StillKind> kind = StillKind.of(in.first(StillKind.LONGEST));
    return kind.isEmpty() ? Optional.empty() : Optional.of(of(in, kind.get()));
  }

  private static Pictures of(HeaderBytes in, StillKind kind) throws IOException {
    return switch (kind) {
      case GIF -> GifBlocks.pictures(in);
      case PNG -> PngHeader.pictures(in);
      case WEBP -> {
        WebpAnimation webp = WebpAnimation.of(in);
        int count = webp.pictures().size();
        yield new Pictures(
            kind, Math.max(1, count), count > 0, webp.plays(), webp.mayShowThrough());
      }
      case TIFF -> still(kind, TiffPages.of(in).pages().size());
      case AVIF, HEIF -> still(kind, HeifSequence.frames(in));
      default -> still(kind, 1);
    };
  }

  private static Pictures still(StillKind kind, int count) {
    return new Pictures(kind, count, false, 0, false);
  }

  /** Counts one more picture. */
  static int oneMore(int count) throws HeaderException {
    if (count >= MOST) {
      throw new HeaderException("holds more than %d pictures; it may be damaged".formatted(MOST));
    }
    return count + 1;
  }

  /** Reads until the end of a truncated file. */
  interface Walk {
    void run() throws IOException;
  }

  static void asFarAsItReaches(Walk walk) throws IOException {
    try {
      walk.run();
    } catch (EOFException e) {
      // What was read before remains valid.
    }
  }
}
