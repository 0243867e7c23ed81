package io.reverie.video;

import java.util.Optional;

/**
 * A video frame as displayed: upright, with square pixels.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param rgb interleaved RGB, row-major, {@code height * width * 3} values in 0..255; a source of
 *     more than 8 bits keeps its fractions
 * @param alpha opacity in 0..255, {@code height * width} values, if the source has it
 * @param pts the presentation time in the stream's time base
 * @param corrupt whether the decoder reported damage
 * @param origin what else is known of the decoded frame
 */
public record Frame(
    int width,
    int height,
    float[] rgb,
    Optional<float[]> alpha,
    long pts,
    boolean corrupt,
    FrameOrigin origin) {

  public Frame {
    if (width < 1 || height < 1 || rgb.length != width * height * 3) {
      throw new IllegalArgumentException(
          "a frame of %d x %d cannot have %d values".formatted(width, height, rgb.length));
    }
    if (alpha.isPresent() && alpha.get().length != width * height) {
      throw new IllegalArgumentException(
          "an alpha plane of %d x %d cannot have %d values"
              .formatted(width, height, alpha.get().length));
    }
  }

  /** Creates a frame of which nothing else is known. */
  public Frame(
      int width, int height, float[] rgb, Optional<float[]> alpha, long pts, boolean corrupt) {
    this(width, height, rgb, alpha, pts, corrupt, FrameOrigin.UNKNOWN);
  }

  public Frame withRgb(float[] other) {
    return new Frame(width, height, other, alpha, pts, corrupt, origin);
  }

  public Frame asCorrupt() {
    return new Frame(width, height, rgb, alpha, pts, true, origin);
  }

  /** Returns this frame with another presentation time. */
  public Frame at(long time) {
    return new Frame(width, height, rgb, alpha, time, corrupt, origin);
  }

  /** Returns this frame with what is known of the decoded one. */
  public Frame from(FrameOrigin other) {
    return new Frame(width, height, rgb, alpha, pts, corrupt, other);
  }
}
