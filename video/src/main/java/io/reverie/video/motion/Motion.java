package io.reverie.video.motion;

import java.util.Arrays;

/**
 * The motion between consecutive frames.
 *
 * @param backward flow from each pixel to its position in the previous frame
 * @param consistency 1 where forward and backward flow agree, 0 where a pixel was uncovered,
 *     entered the frame, or is at a motion boundary; {@code height * width} values
 */
public record Motion(FlowField backward, float[] consistency) {

  /**
   * Computes both flows and their consistency.
   *
   * @param scale resolution of the flow relative to the frame, above 0 and at most 1; results are
   *     enlarged to the frame
   */
  public static Motion between(
      GreyImage previous, GreyImage current, OpticalFlow flow, double scale) {
    GreyImage before = previous.scaled(scale);
    GreyImage after = current.scaled(scale);
    FlowField backward = flow.between(after, before);
    FlowField forward = flow.between(before, after);
    float[] mask = Consistency.of(backward, forward);
    int width = current.width();
    int height = current.height();
    return new Motion(
        backward.scaled(width, height),
        scale == 1
            ? mask
            : FloatPlanes.scaled(mask, 1, backward.width(), backward.height(), width, height));
  }

  /** Returns zero motion with full consistency. */
  public static Motion none(int width, int height) {
    float[] all = new float[width * height];
    Arrays.fill(all, 1);
    return new Motion(new FlowField(width, height, new float[width * height * 2]), all);
  }

  /** Returns the mean consistency. */
  public double meanConsistency() {
    double sum = 0;
    for (float c : consistency) {
      sum += c;
    }
    return sum / consistency.length;
  }

  /** Returns whether all flow values are finite. */
  public boolean isFinite() {
    return backward.isFinite();
  }

  /** Returns the consistency blurred by a Gaussian. */
  public float[] feathered(double sigma) {
    return FloatPlanes.blurred(consistency, backward.width(), backward.height(), sigma);
  }
}
