package io.reverie.jobs.report;

import java.io.Serializable;

/**
 * A frame of a result and its source, small, as JPEG.
 *
 * @param output text of the result's location
 * @param pts of the frame; 0 for a still
 * @param seconds since the start of the source
 * @param chosen whether the page shows this moment for good, rather than as the newest frame
 * @param made milliseconds since 1970
 * @param width in pixels, of both
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Snapshot(
    String output,
    long pts,
    double seconds,
    boolean chosen,
    long made,
    int width,
    int height,
    byte[] before,
    byte[] after)
    implements Serializable {
  public Snapshot {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture cannot have %d x %d px".formatted(width, height));
    }
  }

  /** Identifies the moment among all results. */
  record Moment(String output, long pts) implements Serializable {}

  Moment moment() {
    return new Moment(output, pts);
  }

  @Override
  public String toString() {
    // Spark keeps the text of what tasks report.
    return output + "@" + pts;
  }
}
