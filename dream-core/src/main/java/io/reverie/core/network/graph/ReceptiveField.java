package io.reverie.core.network.graph;

/**
 * What a cell sees of the image, rows and columns apart: Inception's windows are long.
 *
 * @param stride pixels from one cell to the next
 * @param height in pixels
 * @param width in pixels
 */
record ReceptiveField(int stride, int height, int width) {

  /** Of the image itself. */
  static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 1);

  ReceptiveField through(SlidingWindow window) {
    return new ReceptiveField(
        stride * window.stride(),
        height + (window.height() - 1) * stride,
        width + (window.width() - 1) * stride);
  }

  ReceptiveField max(ReceptiveField other) {
    return new ReceptiveField(
        Math.max(stride, other.stride),
        Math.max(height, other.height),
        Math.max(width, other.width));
  }

  Reach reach() {
    return new Reach(stride, Math.max(height, width));
  }
}
