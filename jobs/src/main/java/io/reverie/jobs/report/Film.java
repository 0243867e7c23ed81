package io.reverie.jobs.report;

import java.io.Serializable;

/**
 * A short film with the source on the left and the dream on the right of each frame, so that they
 * stay in sync.
 *
 * @param mp4 the file
 * @param width of both together
 * @param seconds that it lasts
 * @param whole whether it shows all of the result
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Film(byte[] mp4, int width, int height, double seconds, boolean whole)
    implements Serializable {
  public Film {
    if (width < 1 || height < 1 || !(seconds >= 0)) {
      throw new IllegalArgumentException(
          "a film cannot have %d x %d px and %s s".formatted(width, height, seconds));
    }
  }
}
