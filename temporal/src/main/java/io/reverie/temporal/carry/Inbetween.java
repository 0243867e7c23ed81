package io.reverie.temporal.carry;

import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Residual;
import io.reverie.temporal.carry.FocusRule.CarriedState;
import io.reverie.video.motion.FlowField;
import io.reverie.video.motion.Gaussian;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import java.util.Optional;

/**
 * The dream of a frame between two keyframes: a mixture of theirs, each warped once along the
 * composed motion.
 *
 * <p>With F and B the warped residuals of the keyframe before and after, c_f and c_b their
 * consistencies and a the position between the two, the residual is
 *
 * <pre>g (w_f F + w_b B) / (w_f + w_b)
 * w_f = (1 - a) (c_f + u),   w_b = a (c_b + u),   u = 0.02 (1 - max(c_f, c_b))</pre>
 *
 * where c is feathered outward from consistent pixels, whose own value stays, so that the weights
 * change gradually. A weight is 0 if the pixel is outside the keyframe; g restores the strength
 * that the neighbourhood loses when two different dreams are averaged. A pixel whose motion neither
 * keyframe confirms shows both dreams.
 *
 * @param warp interpolation of residuals
 */
record Inbetween(ShotFrame frame, Interpolation warp) {

  /** Sigma in pixels of the blur of the consistency's edges. */
  private static final double FEATHER = 1;

  /** Weight of a dream along a motion that is not confirmed. */
  private static final float UNCONFIRMED = 0.02f;

  /** Sigma in pixels of the area in which the strength of the mixture is compared. */
  private static final double AREA = 6;

  private static final float MOST_GAIN = 1.5f;

  /**
   * A keyframe and the motion of the frame since it.
   *
   * @param motion since the keyframe, which may be later than the frame
   */
  record Side(CarriedState carried, Motion motion) {}

  /**
   * A keyframe warped onto the frame.
   *
   * @param shares empty if the whole frame is dreamed, where no share is too large
   */
  private record Warped(float[] rgb, Optional<float[]> shares, float[] seen) {}

  private Warped warped(Side side) {
    FlowField flow = side.motion().backward();
    return new Warped(
        warp.warp(side.carried().residual().rgb(), 3, flow),
        frame.mask().isWhole()
            ? Optional.empty()
            : Optional.of(Interpolation.LINEAR.warp(side.carried().shares(), 1, flow)),
        seen(side.motion()));
  }

  /** Returns {@code max(c, blur(c))}. */
  private static float[] seen(Motion motion) {
    float[] soft = motion.feathered(FEATHER);
    for (int i = 0; i < soft.length; i++) {
      soft[i] = Math.max(soft[i], motion.consistency()[i]);
    }
    return soft;
  }

  /** Returns the weight of a keyframe, 0 outside it. */
  private static float weight(FlowField flow, int place, float confirmed, float other) {
    return flow.leadsInside(place) ? confirmed + UNCONFIRMED * (1 - Math.max(confirmed, other)) : 0;
  }

  /**
   * Mixes the dreams of two keyframes.
   *
   * @param at position of the frame from the keyframe before, 0, to the one after, 1
   */
  Dream mix(Side before, Side after, double at) {
    Warped past = warped(before);
    Warped future = warped(after);
    FlowField back = before.motion().backward();
    FlowField ahead = after.motion().backward();
    float[] due = frame.mask().weights();
    float[] rgb = new float[past.rgb().length];
    float[] each = new float[due.length];
    float[] both = new float[due.length];
    for (int i = 0; i < due.length; i++) {
      float c = past.seen()[i];
      float d = future.seen()[i];
      float first = (float) (1 - at) * weight(back, i, c, d);
      float second = (float) at * weight(ahead, i, d, c);
      float sum = first + second;
      if (sum == 0 || due[i] == 0) {
        continue;
      }
      float scale = (1 / sum) * limit(past, future, i, first / sum, second / sum);
      first *= scale;
      second *= scale;
      for (int j = 3 * i; j < 3 * i + 3; j++) {
        float own = first * past.rgb()[j];
        float other = second * future.rgb()[j];
        each[i] += Math.abs(own) + Math.abs(other);
        both[i] += Math.abs(own + other);
        rgb[j] = own + other;
      }
    }
    return dream(rgb, each, both);
  }

  /** Returns the factor that lets no pixel have more than its mask allows. */
  private float limit(Warped past, Warped future, int place, float first, float second) {
    if (past.shares().isEmpty() || future.shares().isEmpty()) {
      return 1;
    }
    float share = first * past.shares().get()[place] + second * future.shares().get()[place];
    return Math.min(1, frame.mask().weights()[place] / share);
  }

  private Dream dream(float[] rgb, float[] each, float[] both) {
    Size size = frame.source().size();
    float[] wanted = Gaussian.blurred(each, size.width(), size.height(), AREA);
    float[] mixed = Gaussian.blurred(both, size.width(), size.height(), AREA);
    float[] source = frame.source().rgb();
    for (int i = 0; i < mixed.length; i++) {
      float gain = mixed[i] > 0 ? Math.min(MOST_GAIN, wanted[i] / mixed[i]) : 1;
      for (int j = 3 * i; j < 3 * i + 3; j++) {
        rgb[j] = Math.max(0, Math.min(255, source[j] + gain * rgb[j])) - source[j];
      }
    }
    return frame.settings().dreamer().shown(frame.source(), new Residual(size, rgb));
  }
}
