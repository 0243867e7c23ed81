package io.reverie.temporal.carry;

import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;

/**
 * The dream of a frame between two keyframes: a mixture of theirs, each warped once along the
 * composed motion.
 *
 * <p>With F and B the warped residuals of the keyframe before and after, c_f and c_b their
 * consistencies and a the position between the two, the weights are {@code w_f = (1 - a) c_f} and
 * {@code w_b = a c_b}, and the residual is
 *
 * <pre>g (w_f F + w_b B) / (w_f + w_b) min(1, (w_f + w_b) / 0.15)</pre>
 *
 * where g makes up for the strength that a mixture of two different dreams lacks.
 *
 * @param warp interpolation of residuals
 */
record Inbetween(ShotFrame frame, Interpolation warp) {

  /** Sigma in pixels of the blur of the consistency's edges. */
  private static final double FEATHER = 1;

  /** Sum of the weights below which the dream fades out. */
  private static final double SEEN = 0.15;

  private static final double MOST_GAIN = 1.5;

  /**
   * A keyframe as the frame sees it.
   *
   * @param motion since the keyframe, which may be later than the frame
   */
  record Side(CarriedState carried, Motion motion) {}

  /** A side on the frame's grid. */
  private record Warped(float[] rgb, float[] shares, float[] seen) {}

  private Warped warped(Side side) {
    return new Warped(
        warp.warp(side.carried().residual().rgb(), 3, side.motion().backward()),
        Interpolation.LINEAR.warp(side.carried().shares(), 1, side.motion().backward()),
        side.motion().feathered(FEATHER));
  }

  /**
   * Mixes the dreams of two keyframes.
   *
   * @param at position of the frame from the keyframe before, 0, to the one after, 1
   */
  Dream mix(Side before, Side after, double at) {
    Warped past = warped(before);
    Warped future = warped(after);
    float[] due = frame.mask().weights();
    float[] rgb = new float[past.rgb().length];
    double each = 0;
    double both = 0;
    for (int i = 0; i < due.length; i++) {
      double first = (1 - at) * past.seen()[i];
      double second = at * future.seen()[i];
      double sum = first + second;
      if (sum <= 0 || due[i] == 0) {
        continue;
      }
      double there = Math.min(1, sum / SEEN);
      double share = (first * past.shares()[i] + second * future.shares()[i]) / sum;
      double scale = there * (share > due[i] ? due[i] / share : 1) / sum;
      for (int c = 3 * i; c < 3 * i + 3; c++) {
        double own = first * past.rgb()[c];
        double other = second * future.rgb()[c];
        each += scale * (Math.abs(own) + Math.abs(other));
        both += scale * Math.abs(own + other);
        rgb[c] = (float) (scale * (own + other));
      }
    }
    return dream(rgb, both > 0 ? Math.min(MOST_GAIN, each / both) : 1);
  }

  private Dream dream(float[] rgb, double gain) {
    float[] source = frame.source().rgb();
    for (int i = 0; i < rgb.length; i++) {
      double to = Math.max(0, Math.min(255, source[i] + gain * rgb[i]));
      rgb[i] = (float) (to - source[i]);
    }
    Residual residual = new Residual(frame.source().size(), rgb);
    return frame.settings().dreamer().shown(frame.source(), residual);
  }
}
