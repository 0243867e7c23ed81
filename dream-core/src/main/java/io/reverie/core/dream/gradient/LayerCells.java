package io.reverie.core.dream.gradient;

/**
 * The cells of a layer along one side of an image. Each cell is assigned to the centre of its
 * receptive field. Paddings are unknown, so the first and the last cell are assumed to be equally
 * far from the edges.
 *
 * @param stride pixels from one cell to the next
 * @param count number of cells
 * @param pixels length of the side
 */
record LayerCells(long stride, long count, long pixels) {
  LayerCells {
    if (stride < 1 || count < 0 || pixels < 1) {
      throw new IllegalArgumentException(
          "%d cells at a distance of %d px do not cover %d px".formatted(count, stride, pixels));
    }
  }

  /**
   * Returns the number of cells before a pixel. Cores that partition the side thus also partition
   * the cells.
   */
  long before(long pixel) {
    if (pixel <= 0) {
      return 0;
    }
    long cells = -Math.floorDiv(margin() - pixel, stride);
    return pixel >= pixels ? count : Math.max(0, Math.min(count, cells));
  }

  /** Returns the pixels from the edge to the first cell. */
  private long margin() {
    return Math.floorDiv(pixels - 1 - (count - 1) * stride, 2);
  }
}
