package io.reverie.video.motion;

import static org.bytedeco.opencv.global.opencv_video.OPTFLOW_FARNEBACK_GAUSSIAN;

import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_video.DISOpticalFlow;
import org.bytedeco.opencv.opencv_video.DenseOpticalFlow;
import org.bytedeco.opencv.opencv_video.FarnebackOpticalFlow;

/**
 * Optical flow methods: DIS (Kroeger 2016) with presets from coarse to fine, and Farneback (2003).
 *
 * @see <a href="https://arxiv.org/abs/1603.03590">Kroeger et al. 2016, Fast Optical Flow using
 *     Dense Inverse Search</a>
 * @see <a href="https://doi.org/10.1007/3-540-45103-X_50">Farnebäck 2003, Two-Frame Motion
 *     Estimation</a>
 */
public enum FlowMethod {
  ULTRAFAST(() -> DISOpticalFlow.create(DISOpticalFlow.PRESET_ULTRAFAST)),
  FAST(() -> DISOpticalFlow.create(DISOpticalFlow.PRESET_FAST)),
  MEDIUM(() -> DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM)),
  FINE(FlowMethod::toSinglePixels),
  FARNEBACK(
      () -> FarnebackOpticalFlow.create(5, 0.5, false, 21, 3, 7, 1.5, OPTFLOW_FARNEBACK_GAUSSIAN));

  @SuppressWarnings("ImmutableEnumChecker") // suppliers without state
  private final Supplier<DenseOpticalFlow> estimator;

  FlowMethod(Supplier<DenseOpticalFlow> estimator) {
    this.estimator = estimator;
  }

  /**
   * Creates an instance for one thread, because sharing one crashes the JVM. The caller closes it.
   */
  public OpticalFlow open() {
    PlaneMats.ready();
    return new OpticalFlow(estimator.get());
  }

  private static DenseOpticalFlow toSinglePixels() {
    DISOpticalFlow flow = DISOpticalFlow.create(DISOpticalFlow.PRESET_MEDIUM);
    flow.setFinestScale(0);
    return flow;
  }
}
