package io.reverie.temporal.measure;

import java.io.Serializable;

/**
 * What was measured of one dreamed frame.
 *
 * @param pts of the frame
 * @param iterations run at each size
 * @param alone whether it was dreamed without what was before
 * @param strength mean magnitude of what was dreamed into it, in grey levels
 * @param young the same over places uncovered within 5 frames: sum and number of places
 * @param old the same over places seen for more than 20 frames
 * @param warpingError of the dream against the frame before, colours 0..1; not a number for the
 *     first
 * @param sourceError the same of the source
 * @param gain the objective of the dream over that of the source; not a number where not measured
 */
public record FrameMeasures(
    long pts,
    int iterations,
    boolean alone,
    double strength,
    Part young,
    Part old,
    double warpingError,
    double sourceError,
    double gain)
    implements Serializable {

  /**
   * A part of a picture.
   *
   * @param sum of the strength of its places
   * @param places how many
   */
  public record Part(double sum, long places) implements Serializable {}

  /** Whether it could be compared with the frame before. */
  public boolean hasFlicker() {
    return Double.isFinite(warpingError) && Double.isFinite(sourceError);
  }

  /** What the dream moves more than its source. */
  public double excess() {
    return warpingError - sourceError;
  }

  /** The root of the same; 0 where the dream is calmer than its source. */
  public double flicker() {
    return Math.sqrt(Math.max(0, excess()));
  }

  /** The same frame compared with another one before it. */
  public FrameMeasures after(FrameMeasures other) {
    return new FrameMeasures(
        pts, iterations, alone, strength, young, old, other.warpingError, other.sourceError, gain);
  }
}
