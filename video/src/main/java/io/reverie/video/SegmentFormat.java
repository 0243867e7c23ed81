package io.reverie.video;

import java.io.Serializable;

/**
 * The format of a segment's frames.
 *
 * @param timeBase unit of the presentation times
 * @param rate average frames per second, for rate control and players
 * @param colour colour properties of the source; kept
 * @param bitDepth bits per colour component of the source
 * @param alpha whether frames have transparency
 * @param origin time that segment files count from: 0, or the first time if that is negative
 */
public record SegmentFormat(
    Size size,
    Rational timeBase,
    Rational rate,
    Colour colour,
    int bitDepth,
    boolean alpha,
    long origin)
    implements Serializable {

  public SegmentFormat {
    if (bitDepth < 1 || origin > 0) {
      throw new IllegalArgumentException(
          "a segment cannot have %d bits and the origin %d".formatted(bitDepth, origin));
    }
  }

  /** Creates a format for times of 0 or later. */
  public SegmentFormat(
      Size size, Rational timeBase, Rational rate, Colour colour, int bitDepth, boolean alpha) {
    this(size, timeBase, rate, colour, bitDepth, alpha, 0);
  }

  /** Returns the format of a source's frames at the given size. */
  public static SegmentFormat of(VideoIndex index, Size size) {
    return new SegmentFormat(
        size,
        index.timeBase(),
        index.rate(),
        index.colour(),
        index.bitDepth(),
        index.alpha(),
        origin(index));
  }

  /** Returns this format with 16 bits per component and without transparency. */
  public SegmentFormat opaque16Bit() {
    return new SegmentFormat(size, timeBase, rate, colour, 16, false, origin);
  }

  /** Returns the origin for a source, because NUT cannot store negative times. */
  public static long origin(VideoIndex index) {
    return Math.min(0, index.times()[0]);
  }
}
