package io.reverie.video.motion;

/**
 * The motion between two frames, seen from each of them.
 *
 * @param back from the later frame's pixels to the earlier frame
 * @param ahead from the earlier frame's pixels to the later frame
 */
public record TwoWayMotion(Motion back, Motion ahead) {

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
    return new TwoWayMotion(
        Motion.of(backward, forward, width, height), Motion.of(forward, backward, width, height));
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
