package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Residual;
import java.util.Optional;

/**
 * A start other than the bare source, usually the warped residual of the previous frame.
 *
 * @param residual at the size of the source; the ascent starts at source + residual, clipped
 * @param iterations steps per octave instead of those of the spec, at least 1
 * @param focus a factor on the step at each pixel: {@code height * width} values of at least 0; 1
 *     everywhere if empty
 */
public record WarmStart(Residual residual, int iterations, Optional<float[]> focus) {

  public WarmStart {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "a warm start needs at least 1 iteration, not " + iterations);
    }
    int pixels = residual.rgb().length / 3;
    if (focus.isPresent() && focus.get().length != pixels) {
      throw new IllegalArgumentException(
          "a focus map of %d pixels does not fit an image of %s px"
              .formatted(focus.get().length, residual.size()));
    }
  }

  /**
   * Returns the steps of an octave, scaled by the ratio of the octave's own iterations to those of
   * the spec.
   *
   * @param own iterations of the octave in a cold start
   * @param all iterations of the spec
   */
  int iterations(int own, int all) {
    return (int) Math.max(1, Math.round((double) iterations * own / all));
  }

  /** Returns the image that the ascent starts from. */
  Image start(Image source) {
    return residual.addTo(source, 1);
  }
}
