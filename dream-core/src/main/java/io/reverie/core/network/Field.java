package io.reverie.core.network;

/**
 * What a cell sees of the image, rows and columns apart: Inception's windows are long.
 *
 * @param stride pixels from one cell to the next
 * @param height in pixels
 * @param width in pixels
 */
record Field(int stride, int height, int width) {

  /** Of the image itself. */
  static final Field PIXEL = new Field(1, 1, 1);

  Field through(Window window) {
    return new Field(
        stride * window.stride(),
        height + (window.height() - 1) * stride,
        width + (window.width() - 1) * stride);
  }

  Field max(Field other) {
    return new Field(
        Math.max(stride, other.stride),
        Math.max(height, other.height),
        Math.max(width, other.width));
  }

  Reach reach() {
    return new Reach(stride, Math.max(height, width));
  }
}
