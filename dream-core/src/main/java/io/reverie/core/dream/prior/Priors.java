package io.reverie.core.dream.prior;

import io.reverie.core.DreamException;

/**
 * What is known of pictures and asked of every step.
 *
 * @param rule how the gradient is normalised
 * @param clip the largest normalised gradient, in units of the rule's; 0 for no limit
 * @param laplacian bands of the gradient that are brought to the same strength (TensorFlow's
 *     tutorial of 2016), 0 to 8; below 2 none
 * @param smoothing of the gradient
 * @param tv weight of the total variation that is climbed down, at least 0
 * @param l2 the share of what was dreamed that each step takes back, 0 to 1
 * @param colours which may change
 */
public record Priors(
    StepRule rule,
    double clip,
    int laplacian,
    Smoothing smoothing,
    double tv,
    double l2,
    ColourMode colours) {

  /** Nothing but Google's normalised step. */
  public static final Priors NONE =
      new Priors(StepRule.MEAN, 0, 0, new Smoothing(0, 2), 0, 0, ColourMode.ALL);

  public Priors {
    require(clip >= 0, "clip must be 0 or more, not " + clip);
    require(laplacian >= 0 && laplacian <= 8, "laplacian must be from 0 to 8, not " + laplacian);
    require(tv >= 0 && tv <= 100, "tv must be from 0 to 100, not " + tv);
    require(l2 >= 0 && l2 <= 1, "l2 must be from 0 to 1, not " + l2);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new DreamException(sentence);
    }
  }
}
