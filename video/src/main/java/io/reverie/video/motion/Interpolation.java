package io.reverie.video.motion;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LANCZOS4;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.remap;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Interpolation between pixels. Linear blurs slightly at each warp, Lanczos least. */
public enum Interpolation {
  LINEAR(INTER_LINEAR),
  CUBIC(INTER_CUBIC),
  LANCZOS(INTER_LANCZOS4);

  private final int code;

  Interpolation(int code) {
    this.code = code;
  }

  /**
   * Warps values along a flow, {@code out(p) = values(p + v(p))}; pixels outside repeat the border.
   * Positions are rounded to 1/32 px.
   *
   * @param values interleaved channels on the flow's grid; may be negative
   */
  public float[] warp(float[] values, int channels, FlowField flow) {
    int width = flow.width();
    float[] at = new float[flow.xy().length];
    for (int i = 0; i < at.length; i += 2) {
      int row = i / 2 / width;
      at[i] = flow.xy()[i] + (i / 2 - row * width);
      at[i + 1] = flow.xy()[i + 1] + row;
    }
    try (PointerScope scope = new PointerScope()) {
      Mat from = PlaneMats.of(values, channels, width, flow.height());
      Mat positions = PlaneMats.of(at, 2, width, flow.height());
      Mat to = new Mat();
      Mat one = new Mat();
      Scalar beyond = new Scalar(0);
      int how = code;
      remap(from, to, positions, one, how, BORDER_REPLICATE, beyond);
      return PlaneMats.floats(to);
    }
  }
}
