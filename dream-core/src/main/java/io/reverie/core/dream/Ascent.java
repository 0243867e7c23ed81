package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.gradient.TileSeams;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.dream.transform.Augmentation;
import io.reverie.core.dream.transform.CounterRng;
import io.reverie.core.network.Network;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Gradient ascent at one size: {@code x += step * g / mean|g|}, clipped to 0..255, with a random
 * circular shift before each gradient (Google 2015), and the priors.
 */
public record Ascent(Network network, DreamSpec spec, Tiling tiling, CounterRng draws) {

  /**
   * What is climbed at one size.
   *
   * @param number counted from the full size, 0, downwards; part of the key of the draws
   * @param iterations how many steps
   * @param base (1, H, W, 3), the source at this size
   * @param mask (1, H, W, 1), what part of each change every place takes, 0..1; all if empty
   * @param focus (1, H, W, 1), how many of the climb's steps each place takes in one; one if empty
   */
  public record Octave(
      int number,
      OctaveSpec climb,
      int iterations,
      NDArray base,
      Optional<NDArray> mask,
      Optional<NDArray> focus) {}

  /**
   * How an ascent went.
   *
   * @param zeroSteps how many steps found no gradient and so did nothing
   * @param cuts between the tiles of the last step
   */
  record Climbed(int zeroSteps, TileSeams cuts) {}

  /**
   * Climbs.
   *
   * @param x (1, H, W, 3) in 0..255; where it begins, and at the end where it has come to
   * @param afterStep called with the number of each step, from 0, after it
   */
  Climbed run(NDArray x, Octave octave, IntConsumer afterStep) {
    Shape shape = x.getShape();
    RowBlocks strips = tiling.divides(shape) ? RowBlocks.SMALL : RowBlocks.WHOLE;
    GradientSource slopes = GradientSource.of(this, octave, shape);
    int zeroSteps = 0;
    TileSeams cuts = TileSeams.NONE;
    try (NDManager memory = x.getManager().newSubManager()) {
      AscentStep move = new AscentStep(spec, strips, fourier(x, strips, memory));
      for (int t = 0; t < octave.iterations(); t++) {
        try (NDManager scope = x.getManager().newSubManager()) {
          // A handle of its own: results belong to the scope of what they are computed from.
          NDArray view = x.stopGradient();
          view.attach(scope);
          Augmentation look = Augmentation.of(spec.robustness(), draws, octave.number(), t, shape);
          GradientSource.Slope slope = slopes.at(view, look, t, scope);
          cuts = slope.cuts();
          move.restrict(slope.gradient());
          double size = spec.priors().rule().of(slope.gradient(), strips, look.share(shape));
          requireNumber(size, octave.number(), t);
          zeroSteps += size == 0 ? 1 : 0;
          if (size != 0) {
            move.step(view, slope.gradient(), size, octave, t);
          }
          move.settle(view, octave, t);
        }
        afterStep.accept(t);
      }
    }
    return new Climbed(zeroSteps, cuts);
  }

  private Optional<Fourier> fourier(NDArray x, RowBlocks strips, NDManager scope) {
    return switch (spec.parameterisation()) {
      case PIXELS -> Optional.empty();
      case FOURIER -> Optional.of(new Fourier(x, strips, scope));
    };
  }

  private static void requireNumber(double size, int octave, int t) {
    if (!Double.isFinite(size)) {
      throw new DreamException(
          "the gradient at octave %d, step %d is not a number; try a smaller step or other weights"
              .formatted(octave, t));
    }
  }
}
