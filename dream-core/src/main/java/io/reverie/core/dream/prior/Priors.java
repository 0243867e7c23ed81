package io.reverie.core.dream.prior;

import io.reverie.core.DreamException;

/**
 * Normalisation, smoothing and penalties of each step.
 *
 * @param rule how the gradient is normalised
 * @param clip limit of the normalised gradient, in units of the rule's norm; 0 for none
 * @param laplacian number of Laplacian bands that are normalised to equal strength (TensorFlow's
 *     tutorial of 2016), 0 to 8; below 2 disables it
 * @param smoothing blurred gradient added to each step
 * @param tv weight of the total variation penalty, 0 to 100
 * @param decay share of the residual that each step removes, 0 to 1
 * @param colours components that may change
 */
public record Priors(
    StepRule rule,
    double clip,
    int laplacian,
    Smoothing smoothing,
    double tv,
    double decay,
    ColourMode colours) {

  /** Google's normalised step without priors. */
  public static final Priors NONE =
      new Priors(StepRule.MEAN, 0, 0, new Smoothing(0, 2), 0, 0, ColourMode.ALL);

  public Priors {
    require(clip >= 0, "clip must be 0 or more, not " + clip);
    require(laplacian >= 0 && laplacian <= 8, "laplacian must be from 0 to 8, not " + laplacian);
    require(tv >= 0 && tv <= 100, "tv must be from 0 to 100, not " + tv);
    require(decay >= 0 && decay <= 1, "decay must be from 0 to 1, not " + decay);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new DreamException(sentence);
    }
  }
}
