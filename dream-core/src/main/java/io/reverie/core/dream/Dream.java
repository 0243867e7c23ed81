package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.gradient.SeamRatio;
import io.reverie.core.dream.image.Residual;
import java.util.List;
import java.util.Optional;

/**
 * A dreamed image and its statistics.
 *
 * @param image at the size of the source and with the strength of the spec
 * @param fullStrength the image at full strength, at the size of the ascent
 * @param residual dream minus source, at the size of the ascent
 * @param octaves sizes of the octaves, smallest first; fewer than configured if some are too small
 *     for the network
 * @param steps number of gradient steps
 * @param zeroSteps steps that found no gradient
 * @param seamRatio for an image dreamed in tiles: how much the residual changes across the tile
 *     borders of the last step
 */
public record Dream(
    Image image,
    Image fullStrength,
    Residual residual,
    List<Size> octaves,
    int steps,
    int zeroSteps,
    Optional<SeamRatio> seamRatio) {

  public Dream {
    octaves = List.copyOf(octaves);
    if (zeroSteps < 0 || zeroSteps > steps) {
      throw new IllegalArgumentException(
          "%d of %d steps cannot be without a gradient".formatted(zeroSteps, steps));
    }
  }

  /** Returns whether steps were made but none found a gradient. */
  public boolean hasNoGradient() {
    return steps > 0 && zeroSteps == steps;
  }

  /**
   * Returns the same dream over its source at another strength.
   *
   * @param source at its own size, which may differ from that of the ascent
   */
  public Dream at(double strength, Image source) {
    boolean whole = strength == 1 && source.size().equals(residual.size());
    Image shown = whole ? fullStrength : residual.addTo(source, strength);
    return new Dream(shown, fullStrength, residual, octaves, steps, zeroSteps, seamRatio);
  }
}
