package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What of an image is looked at, by its place in the image itself.
 *
 * @param image (1, H, W, C)
 * @param roll of it
 * @param region of the rolled image
 */
record View(NDArray image, Roll roll, Window region) {

  /** A copy of a part of the region. */
  NDArray cut(Window part, NDManager scope) {
    return roll.cut(image, region.part(part), scope);
  }

  /** Adds what belongs to a part of the region to something of the image's shape. */
  void add(NDArray piece, NDArray to, Window part, NDManager scope) {
    roll.add(piece, to, region.part(part), scope);
  }
}
