package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.network.Network;
import java.util.Optional;

/**
 * Gradient ascent at one size: {@code x += step * g / mean|g|}, clipped to 0..255, with a random
 * circular shift before each gradient (Google 2015), and the priors.
 */
record Ascent(Network network, DreamSpec spec, Draws draws) {

  /** Lightness of a colour (ITU-R BT.601). */
  private static final float[] LIGHTNESS = {0.299f, 0.587f, 0.114f};

  /**
   * What is climbed at one size.
   *
   * @param number counted from the full size, 0, downwards; part of the key of the draws
   * @param iterations how many steps
   * @param base (1, H, W, 3), the source at this size
   * @param mask (1, H, W, 1), what part of each change every place takes, 0..1; all if empty
   * @param focus (1, H, W, 1), how many of the climb's steps each place takes in one; one if empty
   */
  record Octave(
      int number,
      Climb climb,
      int iterations,
      NDArray base,
      Optional<NDArray> mask,
      Optional<NDArray> focus) {}

  /**
   * Where an ascent ended.
   *
   * @param image (1, H, W, 3)
   * @param zeroSteps how many steps found no gradient and so did nothing
   */
  record Climbed(NDArray image, int zeroSteps) {}

  /**
   * Climbs.
   *
   * @param start (1, H, W, 3) in 0..255; closed
   */
  Climbed run(NDArray start, Octave octave) {
    Gradient gradient = new Gradient(network, octave.climb().objectives());
    NDArray x = start;
    int zeroSteps = 0;
    try (Fourier fourier =
        spec.parameterisation() == Parameterisation.FOURIER ? new Fourier(start) : null) {
      for (int t = 0; t < octave.iterations(); t++) {
        try (NDManager scope = x.getManager().newSubManager();
            NDArray from = x) {
          Look look = Look.of(spec.robustness(), draws, octave.number(), t, from.getShape());
          NDArray g = allowed(uphill(gradient, look, from, scope));
          double size = size(g, look.share(from.getShape()));
          requireNumber(size, octave.number(), t);
          zeroSteps += size == 0 ? 1 : 0;
          NDArray moved =
              size == 0 ? from.stopGradient() : moved(from, g.mul(1 / size), octave, t, fourier);
          x = blurred(moved.clip(0, 255), octave, t);
          x.attach(from.getManager());
        }
      }
    }
    return new Climbed(x, zeroSteps);
  }

  /** The gradient at what is seen of the image, put back in its place, in {@code scope}. */
  private static NDArray uphill(Gradient gradient, Look look, NDArray x, NDManager scope) {
    // A handle of its own: results belong to the scope of what they are computed from.
    NDArray view = x.stopGradient();
    view.attach(scope);
    return look.uphill(view, seen -> gradient.at(seen, look.turn(), scope));
  }

  /** The part of a gradient that changes only what may change, all bands alike if wanted. */
  private NDArray allowed(NDArray g) {
    NDArray coloured =
        switch (spec.priors().colours()) {
          case ALL -> g;
          case LUMA -> g.zerosLike().add(g.mean(new int[] {3}, true));
          case CHROMA -> withoutLightness(g);
        };
    int bands = spec.priors().laplacian();
    return bands < 2 ? coloured : new Pyramid(bands).normalise(coloured);
  }

  private static NDArray withoutLightness(NDArray g) {
    float length = 0;
    for (float part : LIGHTNESS) {
      length += part * part;
    }
    NDArray lightness =
        g.getManager().create(LIGHTNESS, new Shape(1, 1, 1, 3)).toType(g.getDataType(), false);
    NDArray along = g.mul(lightness).sum(new int[] {3}, true).div(length);
    return g.sub(along.mul(lightness));
  }

  /** The image after a step along a gradient of size 1. */
  private NDArray moved(NDArray from, NDArray gradient, Octave octave, int t, Fourier fourier) {
    NDArray n = gradient;
    if (fourier != null) {
      NDArray direction = allowed(fourier.direction(from, n));
      n = direction.mul(1 / meanAbs(direction));
    }
    double limit = spec.priors().clip();
    n = smoothed(limit > 0 ? n.clip(-limit, limit) : n);
    if (spec.priors().tv() > 0) {
      n = n.sub(TotalVariation.gradient(from).mul(spec.priors().tv()));
    }
    NDArray change = n.mul(octave.climb().step().at(t, octave.iterations()));
    if (octave.focus().isPresent()) {
      change = change.mul(octave.focus().get());
    }
    if (octave.mask().isPresent()) {
      change = change.mul(octave.mask().get());
    }
    NDArray to = change.add(from);
    double back = spec.priors().l2();
    return back > 0 ? to.sub(to.sub(octave.base()).mul(back)) : to;
  }

  private static NDArray blurred(NDArray x, Octave octave, int t) {
    double sigma = octave.climb().blur().at(t, octave.iterations());
    if (sigma == 0) {
      return x;
    }
    NDArray blurred = new GaussianBlur(sigma).apply(x);
    return octave.mask().isPresent() ? x.add(blurred.sub(x).mul(octave.mask().get())) : blurred;
  }

  /** The normalised gradient with its blurred copy added, normalised again. */
  private NDArray smoothed(NDArray normalised) {
    Smoothing smoothing = spec.priors().smoothing();
    if (smoothing.weight() == 0) {
      return normalised;
    }
    NDArray blurred = new GaussianBlur(smoothing.sigma()).apply(normalised);
    double mean = meanAbs(blurred);
    NDArray sum = mean == 0 ? normalised : normalised.add(blurred.mul(smoothing.weight() / mean));
    return sum.mul(1 / meanAbs(sum));
  }

  private static void requireNumber(double size, int octave, int t) {
    if (!Double.isFinite(size)) {
      throw new DreamException(
          "the gradient at octave %d, step %d is not a number; try a smaller step or other weights"
              .formatted(octave, t));
    }
  }

  /**
   * What a gradient is divided by.
   *
   * @param share of the image that was seen; the rest is zero and does not count
   */
  private double size(NDArray g, double share) {
    return switch (spec.priors().rule()) {
      case MEAN -> meanAbs(g) / share;
      case STD -> deviation(g, share);
    };
  }

  private static double deviation(NDArray g, double share) {
    NDArray exact = g.toType(DataType.FLOAT64, false);
    double mean = exact.mean().getDouble() / share;
    return Math.sqrt(Math.max(0, exact.square().mean().getDouble() / share - mean * mean));
  }

  /** In float64: a mean over millions of values. */
  private static double meanAbs(NDArray g) {
    return g.abs().toType(DataType.FLOAT64, false).mean().getDouble();
  }
}
