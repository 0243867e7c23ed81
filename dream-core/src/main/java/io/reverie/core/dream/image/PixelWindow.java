package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** A rectangle of pixels, from its top left corner. */
public record PixelWindow(long top, long left, long height, long width) {

  /** All of an image (1, H, W, C). */
  public static PixelWindow all(Shape image) {
    return new PixelWindow(0, 0, image.get(1), image.get(2));
  }

  /** A rectangle of this one, seen from what this one is a rectangle of. */
  public PixelWindow part(PixelWindow inner) {
    return new PixelWindow(top + inner.top, left + inner.left, inner.height, inner.width);
  }

  public NDIndex index() {
    return new NDIndex()
        .addAllDim(1)
        .addSliceDim(top, top + height)
        .addSliceDim(left, left + width);
  }

  /** Shares its memory with the image (1, H, W, C); belongs to a scope. */
  public NDArray of(NDArray image, NDManager scope) {
    NDArray view = image.get(index());
    view.attach(scope);
    return view;
  }
}
