package io.reverie.core.network.graph;

/**
 * Receptive field of a layer's cells with separate height and width, because Inception has long
 * kernels.
 *
 * @param stride pixels between neighbouring cells
 * @param height in pixels
 * @param width in pixels
 */
public record ReceptiveField(int stride, int height, int width) {

  /** The field of the image's own pixels. */
  public static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 1);

  /** Larger than any that is allowed; products of strides in a file may have any size. */
  private static final int ENDLESS = 1 << 20;

  ReceptiveField after(SlidingWindow window) {
    return after(window.height(), window.width(), window.stride());
  }

  /** Returns the field after a window of this size in pixels of its own input. */
  ReceptiveField after(int rows, int columns, int apart) {
    return new ReceptiveField(
        limited((long) stride * apart),
        limited(height + (rows - 1L) * stride),
        limited(width + (columns - 1L) * stride));
  }

  private static int limited(long pixels) {
    return (int) Math.min(pixels, ENDLESS);
  }

  public ReceptiveField max(ReceptiveField other) {
    return new ReceptiveField(
        Math.max(stride, other.stride),
        Math.max(height, other.height),
        Math.max(width, other.width));
  }

  public Reach reach() {
    return new Reach(stride, Math.max(height, width));
  }
}
