package io.reverie.video.motion;

import java.util.Arrays;

/**
 * The motion of a frame's pixels since another frame, usually the previous one.
 *
 * @param backward flow from each pixel to its position in the other frame
 * @param consistency 1 where forward and backward flow agree, 0 where a pixel was uncovered,
 *     entered the frame, or is at a motion boundary; {@code height * width} values
 */
public record Motion(FlowField backward, float[] consistency) {
  public Motion {
    if (consistency.length * 2 != backward.xy().length) {
      throw new IllegalArgumentException(
          "%d values of consistency do not fit a flow of %d x %d"
              .formatted(consistency.length, backward.width(), backward.height()));
    }
  }

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
    return of(backward, forward, current.width(), current.height());
  }

  /** Checks a flow against the flow in the other direction and enlarges it to a frame. */
  static Motion of(FlowField backward, FlowField forward, int width, int height) {
    float[] mask = Consistency.of(backward, forward);
    boolean same = width == backward.width() && height == backward.height();
    return new Motion(
        backward.scaled(width, height),
        same
            ? mask
            : PlaneMats.scaled(mask, 1, backward.width(), backward.height(), width, height));
  }

  /** Returns zero motion with full consistency. */
  public static Motion none(int width, int height) {
    float[] all = new float[width * height];
    Arrays.fill(all, 1);
    return new Motion(new FlowField(width, height, new float[width * height * 2]), all);
  }

  /**
   * Returns the motion since a frame further away: {@code v(p) + w(p + v(p))}, with v this motion
   * and w the next, both sampled bilinearly. Its consistency is the product of both along the way.
   *
   * @param next motion of the frame that this one leads to
   */
  public Motion then(Motion next) {
    float[] flow = Interpolation.LINEAR.warp(next.backward.xy(), 2, backward);
    float[] product = Interpolation.LINEAR.warp(next.consistency, 1, backward);
    for (int i = 0; i < flow.length; i++) {
      flow[i] += backward.xy()[i];
    }
    for (int i = 0; i < product.length; i++) {
      product[i] *= consistency[i];
    }
    return new Motion(new FlowField(backward.width(), backward.height(), flow), product);
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
    return PlaneMats.blurred(consistency, backward.width(), backward.height(), sigma);
  }
}
