package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.image.Mask;
import io.reverie.video.motion.TwoWayMotion;
import java.util.Optional;

/**
 * A frame of the source, ready to be dreamed.
 *
 * @param corrupt whether it was damaged
 * @param flash whether it is briefly lit up or covered
 * @param image at the size of the ascent
 * @param mask has the same size
 * @param step motion since the previous frame; empty if there is none to carry a dream along
 */
public record SourceFrame(
    long pts, boolean corrupt, boolean flash, Image image, Mask mask, Optional<TwoWayMotion> step) {

  public SourceFrame {
    if (!mask.size().equals(image.size())) {
      throw new IllegalArgumentException(
          "a mask of %s for a frame of %s".formatted(mask.size(), image.size()));
    }
  }
}
