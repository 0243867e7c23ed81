package io.reverie.video.motion;

import java.util.Arrays;

/**
 * How one picture came out of the one before.
 *
 * @param backward from each pixel to where it was
 * @param consistency 1 where the flow there and the flow back agree, 0 where something was
 *     uncovered, entered the picture, or moves on its own beside it; {@code height * width} values
 */
public record Motion(FlowField backward, float[] consistency) {

  /**
   * Computes both flows and their consistency.
   *
   * @param scale of the grid that the flow is computed on, above 0 to 1; both are enlarged again
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

  /** Nothing moves, and all of it can be trusted. */
  public static Motion none(int width, int height) {
    float[] all = new float[width * height];
    Arrays.fill(all, 1);
    return new Motion(new FlowField(width, height, new float[width * height * 2]), all);
  }

  /** Where the picture can be trusted, on average. */
  public double meanConsistency() {
    double sum = 0;
    for (float c : consistency) {
      sum += c;
    }
    return sum / consistency.length;
  }

  /** Whether the flow is a number everywhere. */
  public boolean isFinite() {
    return backward.isFinite();
  }

  /** The consistency with soft edges. */
  public float[] feathered(double sigma) {
    return FloatPlanes.blurred(consistency, backward.width(), backward.height(), sigma);
  }
}
