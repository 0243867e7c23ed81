package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** A rectangle of pixels, given by its top left corner and its sides. */
public record PixelWindow(long top, long left, long height, long width) {

  public PixelWindow {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no rectangle of %d x %d px is at row %d, column %d".formatted(width, height, top, left));
    }
  }

  /** Returns the rectangle of a whole image (1, H, W, C). */
  public static PixelWindow all(Shape image) {
    return new PixelWindow(0, 0, image.get(1), image.get(2));
  }

  /** Converts a rectangle relative to this one to the coordinates of this one. */
  public PixelWindow part(PixelWindow inner) {
    return new PixelWindow(top + inner.top, left + inner.left, inner.height, inner.width);
  }

  public NDIndex index() {
    return new NDIndex()
        .addAllDim(1)
        .addSliceDim(top, top + height)
        .addSliceDim(left, left + width);
  }

  /** Returns a view of these pixels that shares the image's memory and belongs to the scope. */
  public NDArray of(NDArray image, NDManager scope) {
    NDArray view = image.get(index());
    view.attach(scope);
    return view;
  }
}
