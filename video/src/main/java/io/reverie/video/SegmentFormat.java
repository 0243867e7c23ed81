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
 */
public record SegmentFormat(
    Size size, Rational timeBase, Rational rate, Colour colour, int bitDepth, boolean alpha)
    implements Serializable {

  /** Of frames of this source at another size. */
  public static SegmentFormat of(VideoIndex index, Size size) {
    return new SegmentFormat(
        size, index.timeBase(), index.rate(), index.colour(), index.bitDepth(), index.alpha());
  }
}
