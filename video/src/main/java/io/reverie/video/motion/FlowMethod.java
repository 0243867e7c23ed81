package io.reverie.video.motion;

import static org.bytedeco.opencv.global.opencv_video.OPTFLOW_FARNEBACK_GAUSSIAN;

import org.bytedeco.opencv.opencv_video.DISOpticalFlow;
import org.bytedeco.opencv.opencv_video.DenseOpticalFlow;
import org.bytedeco.opencv.opencv_video.FarnebackOpticalFlow;

/**
 * How flow is computed: DIS (Kroeger 2016) from coarse to fine, or Farneback's polynomials (2003).
 */
public enum FlowMethod {
  ULTRAFAST,
  FAST,
  MEDIUM,
  FINE,
  FARNEBACK;

  /** An instance of one thread's own: sharing one crashes the JVM. The caller closes it. */
  public OpticalFlow open() {
    FloatPlanes.ready();
    return new OpticalFlow(create());
  }

  private DenseOpticalFlow create() {
    return switch (this) {
      case ULTRAFAST -> DISOpticalFlow.create(DISOpticalFlow.PRESET_ULTRAFAST);
      case FAST -> DISOpticalFlow.create(DISOpticalFlow.PRESET_FAST);
      case MEDIUM -> DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
      case FINE -> toSinglePixels(DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM));
      case FARNEBACK ->
          FarnebackOpticalFlow.create(5, 0.5, false, 21, 3, 7, 1.5, OPTFLOW_FARNEBACK_GAUSSIAN);
    };
  }

  private static DenseOpticalFlow toSinglePixels(DISOpticalFlow flow) {
    flow.setFinestScale(0);
    return flow;
  }
}
