package io.reverie.core.network.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The kernel, stride and padding of a convolution or pooling whose padding may differ from side to
 * side or follow from the size of the input.
 *
 * @param height rows of the kernel
 * @param width columns of the kernel
 * @param stride in both directions
 * @param dilation distance of the kernel's rows and of its columns; 1 if they are neighbours
 * @param rule how {@code margin} is found
 * @param margin the padding, if the rule is {@link Rule#FIXED}
 * @param ceil whether the last window may exceed the padded input (PyTorch's ceil_mode)
 */
public record PaddedWindow(
    int height, int width, int stride, int dilation, Rule rule, Margin margin, boolean ceil) {

  /** Where the padding comes from. */
  public enum Rule {
    /** The same for every input. */
    FIXED,
    /**
     * Padding that makes the output {@code ceil(side / stride)}; an odd row or column goes to the
     * end (TensorFlow's SAME, ONNX's SAME_UPPER).
     */
    SAME_UPPER,
    /** The same, but an odd row or column goes to the beginning. */
    SAME_LOWER
  }

  public PaddedWindow {
    if (height < 1 || width < 1 || stride < 1 || dilation < 1 || margin.smallest() < 0) {
      throw new IllegalArgumentException(
          "a window of %d x %d cannot have the stride %d, the dilation %d and the padding %s"
              .formatted(width, height, stride, dilation, margin));
    }
  }

  /** Returns the rows from the first of the kernel to its last. */
  private int rows() {
    return (height - 1) * dilation + 1;
  }

  private int columns() {
    return (width - 1) * dilation + 1;
  }

  public Shape kernel() {
    return new Shape(height, width);
  }

  public Shape strides() {
    return new Shape(stride, stride);
  }

  public Shape dilations() {
    return new Shape(dilation, dilation);
  }

  public ReceptiveField after(ReceptiveField seen) {
    return seen.after(rows(), columns(), stride);
  }

  /** Returns whether the first window's place depends on the input's size. */
  public boolean dependsOnSize() {
    return rule != Rule.FIXED && stride > 1;
  }

  /** Returns the padding of an input (N, C, H, W), without what only {@code ceil} adds. */
  public Margin paddingOf(Shape in) {
    if (rule == Rule.FIXED) {
      return margin;
    }
    long down = missing(in.get(2), rows());
    long across = missing(in.get(3), columns());
    long top = rule == Rule.SAME_UPPER ? down / 2 : down - down / 2;
    long left = rule == Rule.SAME_UPPER ? across / 2 : across - across / 2;
    return new Margin(top, left, down - top, across - left);
  }

  private long missing(long side, int span) {
    long windows = -Math.floorDiv(-side, stride);
    return Math.max(0, (windows - 1) * stride + span - side);
  }

  /** Returns the output shape; sides are 0 if the input is too small. */
  public Shape outputShape(Shape in, long channels) {
    Margin padding = paddingOf(in);
    return new Shape(
        in.get(0),
        channels,
        windows(in.get(2), rows(), padding.top(), padding.bottom()),
        windows(in.get(3), columns(), padding.left(), padding.right()));
  }

  private long windows(long side, int span, long before, long after) {
    if (side < 1) {
      return 0;
    }
    long room = side + before + after - span;
    long windows = (ceil ? -Math.floorDiv(-room, stride) : Math.floorDiv(room, stride)) + 1;
    // Like PyTorch, skips a window that would start beyond the input and its left padding.
    return Math.max(0, ceil && (windows - 1) * stride >= side + before ? windows - 1 : windows);
  }

  /** Returns the padding with which every window of the output is inside; for any padding. */
  public Margin reachOf(Shape in) {
    Margin padding = paddingOf(in);
    Shape out = outputShape(in, 1);
    return new Margin(
        padding.top(),
        padding.left(),
        Math.max(padding.bottom(), last(out.get(2), rows()) - in.get(2) - padding.top()),
        Math.max(padding.right(), last(out.get(3), columns()) - in.get(3) - padding.left()));
  }

  private long last(long windows, int span) {
    return (windows - 1) * stride + span;
  }

  /** Returns whether the windows cut maps (N, C, H, W) into as many equal parts across as down. */
  public boolean divides(Shape in, int parts) {
    boolean apart = stride == height || parts == 1;
    return rule == Rule.FIXED
        && margin.equals(Margin.NONE)
        && dilation == 1
        && height == width
        && apart
        && (long) parts * height == in.get(2)
        && (long) parts * width == in.get(3);
  }

  /**
   * Returns whether the engine's pooling knows this padding: symmetric, and at most half the
   * kernel.
   */
  public boolean isPoolingOf(Shape in) {
    Margin padding = paddingOf(in);
    return padding.isSymmetric()
        && dilation == 1
        && 2 * padding.top() <= height
        && 2 * padding.left() <= width;
  }

  /**
   * Rows and columns around maps.
   *
   * @param top rows above; negative ones are cut off
   * @param left columns before
   * @param bottom rows below
   * @param right columns after
   */
  public record Margin(long top, long left, long bottom, long right) {

    /** No padding. */
    public static final Margin NONE = new Margin(0, 0, 0, 0);

    public boolean isSymmetric() {
      return top == bottom && left == right;
    }

    long smallest() {
      return Math.min(Math.min(top, bottom), Math.min(left, right));
    }

    public Shape symmetric() {
      return new Shape(top, left);
    }

    /** Pads maps (N, C, H, W). */
    public NDArray around(NDArray x, double value) {
      return equals(NONE) ? x : x.pad(new Shape(left, right, top, bottom), value);
    }

    public Shape around(Shape in) {
      long height = in.get(2) < 1 ? 0 : Math.max(0, in.get(2) + top + bottom);
      long width = in.get(3) < 1 ? 0 : Math.max(0, in.get(3) + left + right);
      return new Shape(in.get(0), in.get(1), height, width);
    }
  }
}
