package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/**
 * From a gradient to the image after a step, with the priors; all in place, strip by strip.
 *
 * @param fourier to climb in; null for pixels
 */
record Move(DreamSpec spec, Strips strips, Fourier fourier) {

  /** Lightness of a colour (ITU-R BT.601). */
  private static final float[] LIGHTNESS = {0.299f, 0.587f, 0.114f};

  /** Leaves of a gradient what changes only what may change, all bands alike if wanted. */
  void restrict(NDArray g) {
    Colours colours = spec.priors().colours();
    if (colours != Colours.ALL) {
      strips.forEach(
          g,
          strip -> {
            NDArray rows = strip.of(g);
            strip.set(
                g,
                colours == Colours.LUMA
                    ? rows.zerosLike().add(rows.mean(new int[] {3}, true))
                    : withoutLightness(rows));
          });
    }
    int bands = spec.priors().laplacian();
    if (bands >= 2) {
      new Pyramid(bands, strips).normalise(g);
    }
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

  /**
   * What a gradient is divided by.
   *
   * @param share of the image that was seen; the rest is zero and does not count
   */
  double size(NDArray g, double share) {
    return switch (spec.priors().rule()) {
      case MEAN -> meanAbs(g) / share;
      case STD -> deviation(g, share);
    };
  }

  private double deviation(NDArray g, double share) {
    double mean = strips.mean(g, rows -> exact(rows).mean().getDouble()) / share;
    double square = strips.mean(g, rows -> exact(rows).square().mean().getDouble()) / share;
    return Math.sqrt(Math.max(0, square - mean * mean));
  }

  /** In float64: a mean over millions of values. */
  private double meanAbs(NDArray g) {
    return strips.mean(g, rows -> exact(rows.abs()).mean().getDouble());
  }

  private static NDArray exact(NDArray x) {
    return x.toType(DataType.FLOAT64, false);
  }

  /**
   * Takes a step.
   *
   * @param x the image
   * @param gradient used up
   * @param size of the gradient, above 0
   * @param t counted from 0
   */
  void step(NDArray x, NDArray gradient, double size, Ascent.Octave octave, int t) {
    NDArray n = gradient.muli(1 / size);
    if (fourier != null) {
      fourier.direct(x, n);
      restrict(n);
      n.muli(1 / meanAbs(n));
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
      double mean = meanAbs(blurred);
      if (mean != 0) {
        n.addi(blurred.muli(smoothing.weight() / mean));
      }
    }
    n.muli(1 / meanAbs(n));
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
  void settle(NDArray x, Ascent.Octave octave, int t) {
    strips.forEach(x, strip -> strip.set(x, strip.of(x).clip(0, 255)));
    double sigma = octave.climb().blur().at(t, octave.iterations());
    if (sigma > 0) {
      try (NDArray blurred = new GaussianBlur(sigma).apply(x, strips)) {
        strips.forEach(
            x, strip -> blur(strip.of(x), strip.of(blurred), octave.mask().map(strip::of)));
      }
    }
  }

  private static void blur(NDArray x, NDArray blurred, Optional<NDArray> mask) {
    NDArray change = blurred.sub(x);
    x.addi(mask.isPresent() ? change.muli(mask.get()) : change);
  }
}
