package io.reverie.core.network.graph;

import ai.djl.ndarray.types.Shape;

/**
 * The kernel size, stride and padding of a convolution or pooling.
 *
 * @param height rows of the kernel
 * @param width columns of the kernel
 * @param stride in both directions
 * @param paddingHeight rows added above and below
 * @param paddingWidth columns added left and right
 * @param same whether the padding follows from the input's size instead, as TensorFlow's SAME does:
 *     n rows give ceil(n / stride), and of the rows that this needs half are added above, an odd
 *     one below
 */
public record SlidingWindow(
    int height, int width, int stride, int paddingHeight, int paddingWidth, boolean same) {

  public SlidingWindow {
    if (height < 1 || width < 1 || stride < 1 || paddingHeight < 0 || paddingWidth < 0) {
      throw new IllegalArgumentException(
          "a window of %d x %d cannot have the stride %d and the padding %d x %d"
              .formatted(width, height, stride, paddingWidth, paddingHeight));
    }
    if (same && Math.min(height, width) < stride) {
      throw new IllegalArgumentException(
          "a window of %d x %d and the stride %d leaves pixels out"
              .formatted(width, height, stride));
    }
  }

  public SlidingWindow(int height, int width, int stride, int paddingHeight, int paddingWidth) {
    this(height, width, stride, paddingHeight, paddingWidth, false);
  }

  public static SlidingWindow square(int side, int stride, int padding) {
    return new SlidingWindow(side, side, stride, padding, padding);
  }

  /** Returns a window with TensorFlow's SAME padding. */
  public static SlidingWindow same(int side, int stride) {
    return new SlidingWindow(side, side, stride, 0, 0, true);
  }

  /** Returns whether the first window's place depends on the input's size. */
  boolean dependsOnSize() {
    return same && stride > 1;
  }

  Shape kernel() {
    return new Shape(height, width);
  }

  Shape strides() {
    return new Shape(stride, stride);
  }

  /**
   * Returns the rows and columns added before an input; as many are added after it, unless {@link
   * #excess} says one more.
   *
   * @param in (N, C, H, W)
   */
  Shape padding(Shape in) {
    return same
        ? new Shape(missing(in.get(2), height) / 2, missing(in.get(3), width) / 2)
        : new Shape(paddingHeight, paddingWidth);
  }

  /**
   * Returns whether one row and one column more are added after an input than before it: 0 or 1.
   */
  Shape excess(Shape in) {
    return same
        ? new Shape(missing(in.get(2), height) % 2, missing(in.get(3), width) % 2)
        : new Shape(0, 0);
  }

  /** Returns the total number of rows that SAME padding adds. */
  private long missing(long n, int side) {
    long windows = -Math.floorDiv(-n, stride);
    return Math.max(0, (windows - 1) * stride + side - n);
  }

  /**
   * Returns the output shape; sides are 0 if the input is too small.
   *
   * @param channels of the output
   * @param ceil whether the last window may exceed the input (PyTorch's ceil_mode)
   */
  Shape outputShape(Shape s, long channels, boolean ceil) {
    return new Shape(
        s.get(0),
        channels,
        windows(s.get(2), height, paddingHeight, ceil),
        windows(s.get(3), width, paddingWidth, ceil));
  }

  private long windows(long n, int side, int padding, boolean ceil) {
    if (n < 1) {
      return 0;
    }
    if (same) {
      return -Math.floorDiv(-n, stride);
    }
    long room = n + 2L * padding - side;
    long windows = (ceil ? -Math.floorDiv(-room, stride) : Math.floorDiv(room, stride)) + 1;
    // Like PyTorch, skips a window that would start beyond the input and its left padding.
    return Math.max(0, ceil && (windows - 1) * stride >= n + padding ? windows - 1 : windows);
  }
}
