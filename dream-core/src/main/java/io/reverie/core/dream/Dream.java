package io.reverie.core.dream;

import io.reverie.core.Image;
import io.reverie.core.Size;
import java.util.List;

/**
 * A dreamed image and how it came about.
 *
 * @param image of the source's size
 * @param octaves the sizes dreamed at, smallest first; fewer than asked for where the network needs
 *     more pixels
 * @param steps gradient steps made
 * @param zeroSteps those of them that found no gradient
 */
public record Dream(Image image, List<Size> octaves, int steps, int zeroSteps) {

  public Dream {
    octaves = List.copyOf(octaves);
  }
}
