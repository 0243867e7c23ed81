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
 */
public record Frame(
    int width, int height, float[] rgb, Optional<float[]> alpha, long pts, boolean corrupt) {

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

  public Frame withRgb(float[] other) {
    return new Frame(width, height, other, alpha, pts, corrupt);
  }

  public Frame asCorrupt() {
    return new Frame(width, height, rgb, alpha, pts, true);
  }

  /** Returns this frame with another presentation time. */
  public Frame at(long time) {
    return new Frame(width, height, rgb, alpha, time, corrupt);
  }
}
