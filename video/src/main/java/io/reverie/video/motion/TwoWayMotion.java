package io.reverie.video.motion;

/**
 * The motion between two frames, seen from each of them.
 *
 * @param back from the later frame's pixels to the earlier frame
 * @param ahead from the earlier frame's pixels to the later frame; where both flows agree, the
 *     inverse of {@code back}, so that a dream warped ahead and back stays in place
 */
public record TwoWayMotion(Motion back, Motion ahead) {

  /** Passes of the fixed-point iteration that inverts a flow. */
  private static final int PASSES = 3;

  public TwoWayMotion {
    if (back.backward().width() != ahead.backward().width()
        || back.backward().height() != ahead.backward().height()) {
      throw new IllegalArgumentException(
          "a flow of %d x %d has no inverse of %d x %d"
              .formatted(
                  back.backward().width(),
                  back.backward().height(),
                  ahead.backward().width(),
                  ahead.backward().height()));
    }
  }

  /**
   * Computes both flows once and checks each against the other.
   *
   * @param scale as in {@link Motion#between}, whose result {@link #back} is
   */
  public static TwoWayMotion between(
      GreyImage previous, GreyImage current, OpticalFlow flow, double scale) {
    GreyImage before = previous.scaled(scale);
    GreyImage after = current.scaled(scale);
    FlowField backward = flow.between(after, before);
    FlowField forward = flow.between(before, after);
    int width = current.width();
    int height = current.height();
    Motion back = Motion.of(backward, forward, width, height);
    return new TwoWayMotion(back, inverse(back, Motion.of(forward, backward, width, height)));
  }

  /**
   * Inverts a motion where it is consistent, by {@code u(p) = -v(p + u(p))}.
   *
   * @param guess the motion in the other direction, which holds elsewhere
   */
  private static Motion inverse(Motion motion, Motion guess) {
    FlowField flow = motion.backward();
    FlowField inverse = guess.backward();
    for (int pass = 0; pass < PASSES; pass++) {
      float[] there = Interpolation.LINEAR.warp(flow.xy(), 2, inverse);
      float[] xy = guess.backward().xy().clone();
      for (int i = 0; i < xy.length; i++) {
        xy[i] = guess.consistency()[i / 2] == 1 ? -there[i] : xy[i];
      }
      inverse = new FlowField(flow.width(), flow.height(), xy);
    }
    return new Motion(inverse, guess.consistency());
  }

  /** Returns zero motion with full consistency. */
  public static TwoWayMotion none(int width, int height) {
    Motion none = Motion.none(width, height);
    return new TwoWayMotion(none, none);
  }

  /** Returns whether all flow values are finite. */
  public boolean isFinite() {
    return back.isFinite() && ahead.isFinite();
  }
}
