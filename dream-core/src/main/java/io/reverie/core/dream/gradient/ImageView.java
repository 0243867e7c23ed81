package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.transform.Roll;

/**
 * What of an image is looked at, by its place in the image itself.
 *
 * @param image (1, H, W, C)
 * @param roll of it
 * @param region of the rolled image
 */
public record ImageView(NDArray image, Roll roll, PixelWindow region) {

  /** A copy of a part of the region. */
  NDArray cut(PixelWindow part, NDManager scope) {
    return roll.cut(image, region.part(part), scope);
  }

  /** Adds what belongs to a part of the region to something of the image's shape. */
  void add(NDArray piece, NDArray to, PixelWindow part, NDManager scope) {
    roll.add(piece, to, region.part(part), scope);
  }
}
