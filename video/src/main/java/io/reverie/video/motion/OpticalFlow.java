package io.reverie.video.motion;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_video.DenseOpticalFlow;

/** Computes optical flow on one thread; not thread-safe. */
public final class OpticalFlow implements AutoCloseable {

  private static final int SMALLEST = 16;

  private final DenseOpticalFlow method;

  OpticalFlow(DenseOpticalFlow method) {
    this.method = method;
  }

  /**
   * Returns the flow between two images of the same size: {@code from(p)} corresponds to {@code
   * to(p + v(p))}. Pass the later image first for the backward flow that warping needs.
   */
  public FlowField between(GreyImage from, GreyImage to) {
    try (PointerScope scope = new PointerScope()) {
      Mat flow = new Mat();
      method.calc(padded(from), padded(to), flow);
      Mat own = flow.apply(new Rect(0, 0, from.width(), from.height())).clone();
      return new FlowField(from.width(), from.height(), PlaneMats.floats(own));
    }
  }

  /**
   * Pads small images by repeating their border, because DIS needs at least twelve pixels per side.
   */
  private static Mat padded(GreyImage grey) {
    Mat image = PlaneMats.of(grey);
    int right = Math.max(0, SMALLEST - grey.width());
    int below = Math.max(0, SMALLEST - grey.height());
    if (right == 0 && below == 0) {
      return image;
    }
    Mat larger = new Mat();
    copyMakeBorder(image, larger, 0, below, 0, right, BORDER_REPLICATE);
    return larger;
  }

  @Override
  public void close() {
    method.close();
  }
}
