package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import java.util.Optional;

/**
 * Decides how much to dream on a carried frame and where: whatever it lacks compared with a frame
 * dreamed alone.
 *
 * <p>With I the frame, W(R) the warped residual of the previous frame, c the consistency and k the
 * persistence, the ascent starts with {@code e = clip(I + k c W(R)) - I}. Of T iterations, {@code q
 * = T max(0.01, aim - mean|e| / target)} are missing; they take {@code n = max(1, ceil(q / r -
 * 1/4))} steps. Each pixel tracks the share w of the T iterations that it has received, and is
 * focused by what it lacks, {@code m = 1 - k c W(w)}, up to a cap that keeps newly uncovered areas
 * from sparkling; the rest follows in the next frames.
 *
 * <p>Under a mask, {@code target} and the iterations of a pixel scale with its weight, and a
 * carried residual shrinks to the weight where the mask has become darker.
 *
 * @param persistence k, in [0, 1)
 * @param iterations T
 * @param largestStep r, the largest mean step length in normal steps
 * @param warp interpolation of residuals
 * @param aim the strength to reach, relative to the target; 1 unless frames have missed it
 */
record FocusRule(
    double persistence, int iterations, int largestStep, Interpolation warp, double aim) {

  /** Largest step length at one pixel, in normal steps. */
  private static final double CAP = 5;

  /** Minimum share of iterations, which keeps a complete dream alive. */
  private static final double LEAST = 0.01;

  /** Sigma in pixels of the blur of the consistency's edges. */
  private static final double FEATHER = 1;

  /**
   * Strength gained by an iteration on an undreamed pixel, relative to the mean of a frame dreamed
   * alone.
   */
  private static final double WORTH = 1.4;

  /** Fraction of a step that does not justify a further step. */
  private static final double SLACK = 0.25;

  /** Passes of the search for the factor that spends the whole budget under the cap. */
  private static final int PASSES = 8;

  /** The rule where every frame is dreamed. */
  FocusRule(double persistence, int iterations, int largestStep, Interpolation warp) {
    this(persistence, iterations, largestStep, warp, 1);
  }

  /**
   * The state that a frame passes to the next one.
   *
   * @param residual of the frame
   * @param shares w, the share of the iterations of a lone dream that each pixel has received, 0 to
   *     its mask weight
   */
  record CarriedState(Residual residual, float[] shares) {
    CarriedState {
      if (shares.length * 3 != residual.rgb().length) {
        throw new IllegalArgumentException(
            "%d shares do not fit a residual of %s px".formatted(shares.length, residual.size()));
      }
    }

    /** Returns the state of a frame dreamed alone. */
    static CarriedState whole(Residual residual, Mask mask) {
      return new CarriedState(residual, mask.weights());
    }

    /** Returns the state of a frame that was not dreamed. */
    static CarriedState none(Residual residual) {
      return new CarriedState(residual, new float[residual.rgb().length / 3]);
    }

    /** Returns whether there is nothing to carry. */
    boolean isNone() {
      for (float share : shares) {
        if (share > 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The start of a frame.
   *
   * @param shares of the frame after its ascent
   */
  record Start(WarmStart warmStart, float[] shares) {}

  /**
   * Computes the start of a carried frame.
   *
   * @param motion from the previous frame
   * @param mask of this frame; not empty
   * @param target strength of the shot under a mask of 1, in grey levels, above 0
   */
  Start start(Image source, CarriedState carried, Motion motion, Mask mask, double target) {
    float[] soft = motion.feathered(FEATHER);
    float[] due = mask.weights();
    float[] shares = Interpolation.LINEAR.warp(carried.shares(), 1, motion.backward());
    float[] warped = warp.warp(carried.residual().rgb(), 3, motion.backward());
    for (int i = 0; i < shares.length; i++) {
      shares[i] *= (float) (persistence * soft[i]);
      float stays = due[i] == 0 ? 0 : Math.min(1, due[i] / shares[i]);
      shares[i] = Math.min(due[i], shares[i]);
      for (int c = 0; c < 3; c++) {
        warped[3 * i + c] *= stays;
      }
    }
    float[] residual = startResidual(source, warped, soft);
    double there = new Residual(source.size(), residual).meanAbs();
    double missing = iterations * Math.max(LEAST, aim - there / (target * mask.mean()));
    int steps = (int) Math.max(1, Math.ceil(missing / largestStep - SLACK));
    float[] focus = focus(shares, mask, missing / steps);
    for (int i = 0; i < shares.length; i++) {
      double had = WORTH * focus[i] * steps / iterations * due[i];
      shares[i] = (float) Math.min(due[i], shares[i] + had);
    }
    return new Start(
        new WarmStart(new Residual(source.size(), residual), steps, Optional.of(focus)), shares);
  }

  /** Returns {@code clip(I + k c W(R)) - I}. */
  private float[] startResidual(Image source, float[] warped, float[] soft) {
    float[] residual = new float[warped.length];
    for (int i = 0; i < residual.length; i++) {
      double from = source.rgb()[i];
      double to = Math.max(0, Math.min(255, from + persistence * soft[i / 3] * warped[i]));
      residual[i] = (float) (to - from);
    }
    return residual;
  }

  /**
   * Distributes a budget over the pixels that lack iterations.
   *
   * @param budget mean step length over the mask, in normal steps
   * @return step length at each pixel before the mask is applied, at most the cap
   */
  private static float[] focus(float[] shares, Mask mask, double budget) {
    float[] due = mask.weights();
    double all = mask.mean() * due.length;
    double factor = budget;
    for (int pass = 0; pass < PASSES; pass++) {
      double capped = 0;
      double lacking = 0;
      for (int i = 0; i < due.length; i++) {
        float lack = lack(shares[i], due[i]);
        if (factor * lack < CAP) {
          lacking += due[i] * lack;
        } else {
          capped += due[i];
        }
      }
      if (lacking > 0) {
        factor = Math.max(factor, (budget * all - CAP * capped) / lacking);
      }
    }
    float[] focus = new float[due.length];
    for (int i = 0; i < focus.length; i++) {
      focus[i] = (float) Math.min(CAP, factor * lack(shares[i], due[i]));
    }
    return focus;
  }

  /** Returns the lacking part of what a pixel is due. */
  private static float lack(float share, float due) {
    return due == 0 ? 0 : 1 - share / due;
  }
}
