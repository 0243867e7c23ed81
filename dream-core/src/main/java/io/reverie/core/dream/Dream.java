package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.image.Residual;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A dreamed image and how it came about.
 *
 * @param image of the source's size, with the spec's strength
 * @param whole the same at full strength, at the size it was dreamed at
 * @param residual what was dreamed into it, at the same size
 * @param octaves the sizes dreamed at, smallest first; fewer than asked for where the network needs
 *     more pixels
 * @param steps gradient steps made
 * @param zeroSteps those of them that found no gradient
 * @param seams of an image that was dreamed in tiles: how much more what was dreamed differs
 *     between neighbouring pixels where the last step's tiles meet than across lines whole strides
 *     of the network away; 1 is no seam
 */
public record Dream(
    Image image,
    Image whole,
    Residual residual,
    List<Size> octaves,
    int steps,
    int zeroSteps,
    OptionalDouble seams) {

  public Dream {
    octaves = List.copyOf(octaves);
  }

  /** Whether steps were made and not one found a gradient. */
  public boolean foundNothing() {
    return steps > 0 && zeroSteps == steps;
  }

  /** The same dream seen in another picture of it. */
  Dream with(Image other) {
    return new Dream(other, whole, residual, octaves, steps, zeroSteps, seams);
  }
}
