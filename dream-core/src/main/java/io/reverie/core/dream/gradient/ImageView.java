package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.transform.Roll;

/**
 * A region of a rolled image, addressed without rolling it.
 *
 * @param image (1, H, W, C), not rolled
 * @param roll applied to the image
 * @param region in the rolled image
 */
public record ImageView(NDArray image, Roll roll, PixelWindow region) {

  /** Copies a part of the region. */
  NDArray crop(PixelWindow part, NDManager scope) {
    return roll.crop(image, region.part(part), scope);
  }

  /** Adds a piece to the part of {@code to} that it was cut from. */
  void add(NDArray piece, NDArray to, PixelWindow part, NDManager scope) {
    roll.add(piece, to, region.part(part), scope);
  }
}
