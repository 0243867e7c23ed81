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
 */
public record SlidingWindow(
    int height, int width, int stride, int paddingHeight, int paddingWidth) {

  public SlidingWindow {
    if (height < 1 || width < 1 || stride < 1 || paddingHeight < 0 || paddingWidth < 0) {
      throw new IllegalArgumentException(
          "a window of %d x %d cannot have the stride %d and the padding %d x %d"
              .formatted(width, height, stride, paddingWidth, paddingHeight));
    }
  }

  public static SlidingWindow square(int side, int stride, int padding) {
    return new SlidingWindow(side, side, stride, padding, padding);
  }

  Shape kernel() {
    return new Shape(height, width);
  }

  Shape strides() {
    return new Shape(stride, stride);
  }

  Shape padding() {
    return new Shape(paddingHeight, paddingWidth);
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
    long room = n + 2L * padding - side;
    long windows = (ceil ? -Math.floorDiv(-room, stride) : Math.floorDiv(room, stride)) + 1;
    // Like PyTorch, skips a window that would start beyond the input and its left padding.
    return Math.max(0, ceil && (windows - 1) * stride >= n + padding ? windows - 1 : windows);
  }
}
