package io.reverie.core.dream.gradient;

/**
 * The cells of a layer along one side of an image. A cell stands where its field's middle is:
 * without knowing paddings, the fields of the first and the last cell are taken to be as far from
 * the image's edges.
 *
 * @param stride pixels from one cell to the next
 * @param count of all
 * @param pixels of the side
 */
record LayerCells(long stride, long count, long pixels) {

  /**
   * How many cells stand before a pixel: of any cores that the side is cut into, each cell is in
   * one.
   */
  long before(long pixel) {
    if (pixel <= 0) {
      return 0;
    }
    long cells = -Math.floorDiv(margin() - pixel, stride);
    return pixel >= pixels ? count : Math.max(0, Math.min(count, cells));
  }

  /** From the edge to the first cell. */
  private long margin() {
    return Math.floorDiv(pixels - 1 - (count - 1) * stride, 2);
  }
}
