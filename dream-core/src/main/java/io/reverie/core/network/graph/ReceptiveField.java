package io.reverie.core.network.graph;

/**
 * Receptive field of a layer's cells with separate height and width, because Inception has long
 * kernels.
 *
 * @param stride pixels between neighbouring cells
 * @param height in pixels
 * @param width in pixels
 */
record ReceptiveField(int stride, int height, int width) {

  /** The field of the image's own pixels. */
  static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 1);

  ReceptiveField after(SlidingWindow window) {
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
