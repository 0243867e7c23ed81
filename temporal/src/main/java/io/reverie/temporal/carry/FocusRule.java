package io.reverie.temporal.carry;

import io.reverie.core.Image;
import io.reverie.core.dream.WarmStart;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.image.Residual;
import io.reverie.video.motion.Interpolation;
import io.reverie.video.motion.Motion;
import java.util.Optional;

/**
 * How much to dream on a carried frame, and where: what a frame dreamed alone would have and this
 * one has not.
 *
 * <p>With I the frame, W(R) the warped residual of the frame before, c the consistency and k the
 * carry, {@code e = clip(I + k c W(R)) - I} is there at the start. Of T iterations, {@code q = T
 * max(0.01, 1 - mean|e| / target)} are missing; they are climbed in {@code n = max(1, ceil(q / r -
 * 1/4))}. Every place remembers which share w of the T iterations it has had, and gets what it
 * misses, {@code m = 1 - k c W(w)}, up to a cap that keeps what was just uncovered from sparkling:
 * the rest comes with the next frames.
 *
 * <p>Under a mask a place is due only its weight: of {@code target} and of the iterations it gets
 * as large a part, and what was carried to where the mask is now darker shrinks to it.
 *
 * @param carry k, from 0 to below 1
 * @param iterations T
 * @param largestStep r, how many steps' worth one step may be, on average
 * @param warp of residuals
 */
record FocusRule(double carry, int iterations, int largestStep, Interpolation warp) {

  /** Steps' worth that one step may be at one place. */
  private static final double CAP = 5;

  /** Even a whole dream is kept alive. */
  private static final double LEAST = 0.01;

  /** Of the consistency's edges, in pixels. */
  private static final double FEATHER = 1;

  /** An iteration on bare ground adds more strength than one of a lone dream does on average. */
  private static final double WORTH = 1.4;

  /** This much of a step more is no reason for one step more. */
  private static final double SLACK = 0.25;

  /** Passes of the search for the factor that spends the whole budget under the cap. */
  private static final int PASSES = 8;

  /**
   * What a frame leaves for the next.
   *
   * @param residual what was dreamed into it
   * @param shares w, which part of a lone dream's iterations each place has had, 0 to its mask's
   *     weight
   */
  record Legacy(Residual residual, float[] shares) {

    /** Of a frame dreamed alone. */
    static Legacy whole(Residual residual, Mask mask) {
      return new Legacy(residual, mask.weights());
    }

    /** Of a frame that was not dreamed at all. */
    static Legacy none(Residual residual) {
      return new Legacy(residual, new float[residual.rgb().length / 3]);
    }

    /** Whether there is nothing to go on from. */
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
   * Where a frame begins.
   *
   * @param head for the ascent
   * @param shares of the frame once it is dreamed
   */
  record Start(WarmStart head, float[] shares) {}

  /**
   * The start of a carried frame.
   *
   * @param motion from the frame before
   * @param mask of this frame, somewhere above 0
   * @param target the strength that the shot is held at where the mask is 1, in grey levels, above
   *     0
   */
  Start start(Image source, Legacy legacy, Motion motion, Mask mask, double target) {
    float[] soft = motion.feathered(FEATHER);
    float[] due = mask.weights();
    float[] shares = Interpolation.LINEAR.warp(legacy.shares(), 1, motion.backward());
    float[] warped = warp.warp(legacy.residual().rgb(), 3, motion.backward());
    for (int i = 0; i < shares.length; i++) {
      shares[i] *= (float) (carry * soft[i]);
      float stays = due[i] == 0 ? 0 : Math.min(1, due[i] / shares[i]);
      shares[i] = Math.min(due[i], shares[i]);
      for (int c = 0; c < 3; c++) {
        warped[3 * i + c] *= stays;
      }
    }
    float[] residual = carried(source, warped, soft);
    double there = new Residual(source.size(), residual).meanAbs();
    double missing = iterations * Math.max(LEAST, 1 - there / (target * mask.mean()));
    int steps = (int) Math.max(1, Math.ceil(missing / largestStep - SLACK));
    float[] focus = focus(shares, mask, missing / steps);
    for (int i = 0; i < shares.length; i++) {
      double had = WORTH * focus[i] * steps / iterations * due[i];
      shares[i] = (float) Math.min(due[i], shares[i] + had);
    }
    return new Start(
        new WarmStart(new Residual(source.size(), residual), steps, Optional.of(focus)), shares);
  }

  /** {@code clip(I + k c W(R)) - I}. */
  private float[] carried(Image source, float[] warped, float[] soft) {
    float[] carried = new float[warped.length];
    for (int i = 0; i < carried.length; i++) {
      double from = source.rgb()[i];
      double to = Math.max(0, Math.min(255, from + carry * soft[i / 3] * warped[i]));
      carried[i] = (float) (to - from);
    }
    return carried;
  }

  /**
   * Spends a budget where shares are missing.
   *
   * @param budget steps' worth, on average over all that the mask lets dream
   * @return steps' worth at each place, before the mask weakens them, at most the cap
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

  /** The part of what a place is due that it has not had. */
  private static float lack(float share, float due) {
    return due == 0 ? 0 : 1 - share / due;
  }
}
