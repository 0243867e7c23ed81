package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.dream.prior.GaussianBlur;
import io.reverie.core.dream.prior.LaplacianPyramid;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.TotalVariation;
import java.util.Optional;

/**
 * From a gradient to the image after a step, with the priors; all in place, strip by strip.
 *
 * @param fourier to climb in; pixels if empty
 */
public record AscentStep(DreamSpec spec, RowBlocks strips, Optional<Fourier> fourier) {

  /** Leaves of a gradient what changes only what may change, all bands alike if wanted. */
  public void restrict(NDArray g) {
    spec.priors().colours().restrict(g, strips);
    int bands = spec.priors().laplacian();
    if (bands >= 2) {
      new LaplacianPyramid(bands, strips).normalise(g);
    }
  }

  /**
   * Takes a step.
   *
   * @param x the image
   * @param gradient used up
   * @param size of the gradient, above 0
   * @param t counted from 0
   */
  public void step(NDArray x, NDArray gradient, double size, Ascent.Octave octave, int t) {
    NDArray n = gradient.muli(1 / size);
    if (fourier.isPresent()) {
      fourier.get().direct(x, n);
      restrict(n);
      n.muli(1 / strips.meanAbs(n));
    }
    cut(n);
    smooth(n);
    flatten(n, x);
    add(n, x, octave, t);
  }

  private void cut(NDArray n) {
    double limit = spec.priors().clip();
    if (limit > 0) {
      strips.forEach(n, strip -> strip.set(n, strip.of(n).clip(-limit, limit)));
    }
  }

  /** Adds the gradient's blurred copy and normalises again. */
  private void smooth(NDArray n) {
    Smoothing smoothing = spec.priors().smoothing();
    if (smoothing.weight() == 0) {
      return;
    }
    try (NDArray blurred = new GaussianBlur(smoothing.sigma()).apply(n, strips)) {
      double mean = strips.meanAbs(blurred);
      if (mean != 0) {
        n.addi(blurred.muli(smoothing.weight() / mean));
      }
    }
    n.muli(1 / strips.meanAbs(n));
  }

  /** Climbs down the total variation. */
  private void flatten(NDArray n, NDArray x) {
    double weight = spec.priors().tv();
    if (weight > 0) {
      strips.forEach(
          n,
          strip -> {
            NDArray unevenness = TotalVariation.gradient(strip.around(x, 1));
            strip.of(n).subi(strip.within(unevenness, 1).mul(weight));
          });
      spec.priors().colours().restrict(n, strips);
    }
  }

  private void add(NDArray n, NDArray x, Ascent.Octave octave, int t) {
    double step = octave.climb().step().at(t, octave.iterations());
    double back = spec.priors().l2();
    strips.forEach(
        x,
        strip -> {
          NDArray change = strip.of(n).muli(step);
          octave.focus().ifPresent(focus -> change.muli(strip.of(focus)));
          octave.mask().ifPresent(mask -> change.muli(strip.of(mask)));
          NDArray from = strip.of(x);
          from.addi(change);
          if (back > 0) {
            from.subi(from.sub(strip.of(octave.base())).muli(back));
          }
        });
  }

  /** Brings the image back to its range, and blurs it if that is wanted. */
  public void settle(NDArray x, Ascent.Octave octave, int t) {
    strips.forEach(x, strip -> strip.set(x, strip.of(x).clip(0, 255)));
    double sigma = octave.climb().blur().at(t, octave.iterations());
    if (sigma > 0) {
      try (NDArray blurred = new GaussianBlur(sigma).apply(x, strips)) {
        strips.forEach(
            x, strip -> blur(strip.of(x), strip.of(blurred), octave.mask().map(strip::of)));
      }
    }
  }

  private void blur(NDArray x, NDArray blurred, Optional<NDArray> mask) {
    NDArray change = spec.priors().colours().part(blurred.sub(x));
    x.addi(mask.isPresent() ? change.muli(mask.get()) : change);
  }
}
