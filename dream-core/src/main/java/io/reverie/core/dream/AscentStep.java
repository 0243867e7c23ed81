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
 * Applies the priors to a gradient and the gradient to the image, in place and block by block.
 *
 * @param fourier set if the ascent runs in the Fourier basis
 */
public record AscentStep(DreamSpec spec, RowBlocks blocks, Optional<Fourier> fourier) {

  /**
   * Removes colour changes that the colour mode forbids and normalises the Laplacian bands if
   * configured.
   */
  public void restrict(NDArray g) {
    spec.priors().colours().restrict(g, blocks);
    int bands = spec.priors().laplacian();
    if (bands >= 2) {
      new LaplacianPyramid(bands, blocks).normalise(g);
    }
  }

  /**
   * Adds one normalised step to the image.
   *
   * @param gradient overwritten
   * @param norm the step rule's norm of the gradient, above 0
   * @param t the step, from 0
   */
  public void apply(NDArray x, NDArray gradient, double norm, Ascent.Octave octave, int t) {
    NDArray n = gradient.muli(1 / norm);
    if (fourier.isPresent()) {
      direct(fourier.get(), x, n, octave.focus());
    }
    spec.priors().colours().mute(n, blocks);
    clip(n);
    smooth(n);
    reduceVariation(n, x);
    add(n, x, octave, t);
  }

  /**
   * Replaces a gradient by a Fourier step with a mean magnitude of 1. Every coefficient changes the
   * whole image, so the gradient is weighted first: places that have their share already must not
   * steer those that lack it. With the root of the focus, old and new places gain alike.
   */
  private void direct(Fourier fourier, NDArray x, NDArray n, Optional<NDArray> focus) {
    focus.ifPresent(f -> blocks.forEach(n, block -> block.of(n).muli(block.of(f).sqrt())));
    fourier.direct(x, n);
    restrict(n);
    double mean = focus.map(f -> blocks.meanAbs(n, f)).orElseGet(() -> blocks.meanAbs(n));
    if (mean > 0) {
      n.muli(1 / mean);
    }
  }

  private void clip(NDArray n) {
    double limit = spec.priors().clip();
    if (limit > 0) {
      blocks.forEach(n, block -> block.set(n, block.of(n).clip(-limit, limit)));
    }
  }

  /** Adds a blurred copy of the gradient and normalises the sum. */
  private void smooth(NDArray n) {
    Smoothing smoothing = spec.priors().smoothing();
    if (smoothing.weight() == 0) {
      return;
    }
    try (NDArray blurred = new GaussianBlur(smoothing.sigma()).apply(n, blocks)) {
      double mean = blocks.meanAbs(blurred);
      if (mean != 0) {
        n.addi(blurred.muli(smoothing.weight() / mean));
      }
    }
    n.muli(1 / blocks.meanAbs(n));
  }

  /** Subtracts the derivative of the total variation. */
  private void reduceVariation(NDArray n, NDArray x) {
    double weight = spec.priors().tv();
    if (weight > 0) {
      blocks.forEach(
          n,
          block -> {
            NDArray unevenness = TotalVariation.gradient(block.around(x, 1));
            block.of(n).subi(block.within(unevenness, 1).mul(weight));
          });
      spec.priors().colours().restrict(n, blocks);
    }
  }

  private void add(NDArray n, NDArray x, Ascent.Octave octave, int t) {
    double step = octave.spec().step().at(t, octave.iterations());
    double decay = spec.priors().decay();
    blocks.forEach(
        x,
        block -> {
          NDArray change = block.of(n).muli(step);
          octave.focus().ifPresent(focus -> change.muli(block.of(focus)));
          octave.mask().ifPresent(mask -> change.muli(block.of(mask)));
          NDArray from = block.of(x);
          from.addi(change);
          if (decay > 0) {
            from.subi(from.sub(block.of(octave.base())).muli(decay));
          }
        });
  }

  /** Clips the image to 0..255 and blurs it if configured. */
  public void finish(NDArray x, Ascent.Octave octave, int t) {
    blocks.forEach(x, block -> block.set(x, block.of(x).clip(0, 255)));
    double sigma = octave.spec().blur().at(t, octave.iterations());
    if (sigma > 0) {
      try (NDArray blurred = new GaussianBlur(sigma).apply(x, blocks)) {
        blocks.forEach(
            x, block -> blur(block.of(x), block.of(blurred), octave.mask().map(block::of)));
      }
    }
  }

  private void blur(NDArray x, NDArray blurred, Optional<NDArray> mask) {
    NDArray change = spec.priors().colours().part(blurred.sub(x));
    x.addi(mask.isPresent() ? change.muli(mask.get()) : change);
  }
}
