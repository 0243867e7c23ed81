package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import java.util.Optional;

/**
 * Gradient ascent at one size: {@code x += step * g / mean|g|}, clipped to 0..255, with a random
 * circular shift before each gradient (Google 2015).
 */
record Ascent(DreamSpec spec, Gradient gradient, Draws draws) {

  /**
   * Climbs.
   *
   * @param start (1, H, W, 3) in 0..255; closed
   * @param octave counted from the full size, 0, downwards; part of the key of the draws
   * @param iterations how many steps
   * @param focus (1, H, W, 1), how many of the spec's steps each place takes in one; one if empty
   */
  Climbed run(NDArray start, int octave, int iterations, Optional<NDArray> focus) {
    NDArray x = start;
    int zeroSteps = 0;
    for (int t = 0; t < iterations; t++) {
      try (NDManager scope = x.getManager().newSubManager();
          NDArray from = x) {
        NDArray g = uphill(from, octave, t, scope);
        double mean = meanAbs(g);
        requireNumber(mean, octave, t);
        zeroSteps += mean == 0 ? 1 : 0;
        NDArray even = mean == 0 ? g : smoothed(g.mul(1 / mean)).mul(spec.step());
        NDArray change = focus.isPresent() ? even.mul(focus.get()) : even;
        x = change.add(from).clip(0, 255);
        x.attach(from.getManager());
      }
    }
    return new Climbed(x, zeroSteps);
  }

  /**
   * Where an ascent ended.
   *
   * @param image (1, H, W, 3)
   * @param zeroSteps how many steps found no gradient and so did nothing
   */
  record Climbed(NDArray image, int zeroSteps) {}

  /** The gradient at the shifted image, shifted back, in {@code scope}. */
  private NDArray uphill(NDArray x, int octave, int t, NDManager scope) {
    int limit = spec.jitter();
    Roll roll = new Roll(draws.shift(octave, t, 0, limit), draws.shift(octave, t, 1, limit));
    // A handle of its own: results belong to the scope of what they are computed from.
    NDArray view = x.stopGradient();
    view.attach(scope);
    return roll.back().apply(gradient.at(roll.apply(view), scope));
  }

  private static void requireNumber(double mean, int octave, int t) {
    if (!Double.isFinite(mean)) {
      throw new DreamException(
          "the gradient at octave %d, step %d is not a number; try a smaller step or other weights"
              .formatted(octave, t));
    }
  }

  /** The normalised gradient with its blurred copy added, normalised again. */
  private NDArray smoothed(NDArray normalised) {
    if (spec.smoothing().weight() == 0) {
      return normalised;
    }
    NDArray blurred = new GaussianBlur(spec.smoothing().sigma()).apply(normalised);
    double mean = meanAbs(blurred);
    NDArray sum =
        mean == 0 ? normalised : normalised.add(blurred.mul(spec.smoothing().weight() / mean));
    return sum.mul(1 / meanAbs(sum));
  }

  /** In float64: a mean over millions of values. */
  private static double meanAbs(NDArray g) {
    return g.abs().toType(DataType.FLOAT64, false).mean().getDouble();
  }
}
