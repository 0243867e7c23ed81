package io.reverie.video;

import java.io.Serializable;

/**
 * What the frames of a segment look like.
 *
 * @param size of each
 * @param timeBase of their pts
 * @param rate average frames per second, for the encoder's rate control and for players
 * @param colour what the source's numbers meant; kept
 * @param bitDepth of the source
 * @param alpha whether they have transparency
 * @param origin what segment files count their times from: 0, or the first time where that is below
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

  /** Of frames whose times begin at 0 or later. */
  public SegmentFormat(
      Size size, Rational timeBase, Rational rate, Colour colour, int bitDepth, boolean alpha) {
    this(size, timeBase, rate, colour, bitDepth, alpha, 0);
  }

  /** Of frames of this source at another size. */
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

  /** The same at 16 bits a colour and without transparency. */
  public SegmentFormat deep() {
    return new SegmentFormat(size, timeBase, rate, colour, 16, false, origin);
  }

  /** NUT holds no times below 0. */
  public static long origin(VideoIndex index) {
    return Math.min(0, index.times()[0]);
  }
}
