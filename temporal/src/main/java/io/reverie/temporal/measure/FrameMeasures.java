package io.reverie.temporal.measure;

import java.io.Serializable;

/**
 * Measures of one dreamed frame.
 *
 * @param pts of the frame
 * @param iterations steps per octave
 * @param alone whether it was dreamed without the previous frame
 * @param strength mean magnitude of the residual in grey levels
 * @param young strength over pixels uncovered within 5 frames
 * @param old strength over pixels visible for more than 20 frames
 * @param warpingError of the dream relative to the previous frame, for colours in 0..1; NaN for the
 *     first frame
 * @param sourceError warping error of the source
 * @param gain objective of the dream divided by that of the source; NaN if not measured
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
  public FrameMeasures {
    if (iterations < 0 || !(strength >= 0)) {
      throw new IllegalArgumentException(
          "a frame cannot have %d steps and the strength %s".formatted(iterations, strength));
    }
  }

  /**
   * Strength over a part of an image.
   *
   * @param sum sum of the strength over its pixels
   * @param places number of pixels
   */
  public record Part(double sum, long places) implements Serializable {
    public Part {
      if (places < 0 || !(sum >= 0)) {
        throw new IllegalArgumentException(
            "a strength of %s over %d pixels".formatted(sum, places));
      }
    }
  }

  /** Returns whether the frame was compared with the previous one. */
  public boolean hasFlicker() {
    return Double.isFinite(warpingError) && Double.isFinite(sourceError);
  }

  /** Returns the warping error of the dream minus that of its source. */
  public double excess() {
    return warpingError - sourceError;
  }

  /** Returns the square root of the excess; 0 if the dream is steadier than its source. */
  public double flicker() {
    return Math.sqrt(Math.max(0, excess()));
  }

  /** Returns these measures with the warping errors of another comparison. */
  public FrameMeasures after(FrameMeasures other) {
    return new FrameMeasures(
        pts, iterations, alone, strength, young, old, other.warpingError, other.sourceError, gain);
  }
}
