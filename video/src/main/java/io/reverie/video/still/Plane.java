package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgproc.GaussianBlur;

import io.reverie.video.Frame;
import io.reverie.video.Size;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * An image of one channel.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param values row-major, in 0..255
 */
public record Plane(int width, int height, float[] values) {

  static {
    setNumThreads(1);
  }

  public Plane {
    if (values.length != width * height) {
      throw new IllegalArgumentException(
          "a plane of %d x %d cannot have %d values".formatted(width, height, values.length));
    }
  }

  /** Returns the luma (BT.601) of a frame; transparent pixels are black. */
  public static Plane luma(Frame frame) {
    float[] values = new float[frame.width() * frame.height()];
    for (int i = 0; i < values.length; i++) {
      double luma =
          299 * frame.rgb()[i * 3] + 587 * frame.rgb()[i * 3 + 1] + 114 * frame.rgb()[i * 3 + 2];
      double opacity = frame.alpha().isPresent() ? frame.alpha().get()[i] / 255.0 : 1;
      values[i] = (float) (luma / 1000 * opacity);
    }
    return new Plane(frame.width(), frame.height(), values);
  }

  /** Returns the alpha channel of a frame that has one. */
  public static Plane alpha(Frame frame) {
    return new Plane(frame.width(), frame.height(), frame.alpha().orElseThrow());
  }

  /** Resizes: area averaging when shrinking, bicubic when enlarging. */
  public Plane scaled(Size size) {
    Size current = new Size(width, height);
    return size.equals(current)
        ? this
        : new Plane(size.width(), size.height(), Stills.scale(values, 1, current, size));
  }

  /**
   * Blurs by a Gaussian; pixels outside repeat the border.
   *
   * @param sigma in pixels; 0 disables the blur
   */
  public Plane blurred(double sigma) {
    if (sigma == 0) {
      return this;
    }
    try (PointerScope scope = new PointerScope()) {
      Mat from = MatPixels.floats(values, height, width, 1);
      Mat to = new Mat();
      GaussianBlur(
          from,
          to,
          new org.bytedeco.opencv.opencv_core.Size(0, 0),
          sigma,
          sigma,
          BORDER_REPLICATE,
          0);
      float[] blurred = new float[values.length];
      new FloatPointer(to.data()).get(blurred);
      return new Plane(width, height, blurred);
    }
  }
}
