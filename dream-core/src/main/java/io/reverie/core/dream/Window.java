package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** A rectangle of pixels, from its top left corner. */
record Window(long top, long left, long height, long width) {

  /** All of an image (1, H, W, C). */
  static Window all(Shape image) {
    return new Window(0, 0, image.get(1), image.get(2));
  }

  /** A rectangle of this one, seen from what this one is a rectangle of. */
  Window part(Window inner) {
    return new Window(top + inner.top, left + inner.left, inner.height, inner.width);
  }

  NDIndex index() {
    return new NDIndex()
        .addAllDim(1)
        .addSliceDim(top, top + height)
        .addSliceDim(left, left + width);
  }

  /** Shares its memory with the image (1, H, W, C); belongs to a scope. */
  NDArray of(NDArray image, NDManager scope) {
    NDArray view = image.get(index());
    view.attach(scope);
    return view;
  }
}
