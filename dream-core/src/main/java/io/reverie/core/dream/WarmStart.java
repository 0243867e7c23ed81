package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Residual;
import java.util.Optional;

/**
 * What an ascent begins with, other than the bare source, and how much there is left to climb.
 *
 * @param residual what has been dreamed already, at the source's size; the ascent begins at source
 *     + residual, clipped
 * @param iterations steps at each size instead of the spec's, at least 1
 * @param focus how many of the spec's steps each place takes in one: {@code height * width} values,
 *     0 or more; one everywhere if empty
 */
public record WarmStart(Residual residual, int iterations, Optional<float[]> focus) {

  public WarmStart {
    if (iterations < 1) {
      throw new IllegalArgumentException("an ascent has at least 1 iteration, not " + iterations);
    }
    int places = residual.rgb().length / 3;
    if (focus.isPresent() && focus.get().length != places) {
      throw new IllegalArgumentException(
          "a focus map of %d places for a picture of %s"
              .formatted(focus.get().length, residual.size()));
    }
  }

  /**
   * Steps at an octave: as large a part of its own as of the spec's.
   *
   * @param own of the octave, dreamed alone
   * @param all of the spec
   */
  int iterations(int own, int all) {
    return (int) Math.max(1, Math.round((double) iterations * own / all));
  }

  /** The place where the ascent of this source begins. */
  Image start(Image source) {
    return residual.over(source, 1);
  }
}
