package io.reverie.video.motion;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_video.DenseOpticalFlow;

/** Computes flow, on one thread; of one task alone. */
public final class OpticalFlow implements AutoCloseable {

  private final DenseOpticalFlow method;

  OpticalFlow(DenseOpticalFlow method) {
    this.method = method;
  }

  /**
   * The motion from one picture to another of the same size: {@code from(p)} is seen at {@code to(p
   * + v(p))}. With the later picture first it is the backward flow, which warping wants.
   */
  public FlowField between(Grey from, Grey to) {
    try (PointerScope scope = new PointerScope()) {
      Mat flow = new Mat();
      method.calc(Planes.of(from), Planes.of(to), flow);
      return new FlowField(from.width(), from.height(), Planes.floats(flow));
    }
  }

  @Override
  public void close() {
    method.close();
  }
}
