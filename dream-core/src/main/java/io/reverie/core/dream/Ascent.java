package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.gradient.TileSeams;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.dream.transform.Augmentation;
import io.reverie.core.dream.transform.CounterRng;
import io.reverie.core.network.Network;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Gradient ascent at one octave: {@code x += step * g / mean|g|}, clipped to 0..255. The image is
 * shifted circularly by a random amount before each gradient (Google 2015), and the priors shape
 * each step.
 *
 * @param lane shares passes of the network with other dreams
 */
public record Ascent(
    Network network, DreamSpec spec, Tiling tiling, CounterRng rng, Lockstep.Lane lane) {

  /**
   * One octave of a dream.
   *
   * @param number 0 for the full size, counted downwards; part of the key of the random draws
   * @param iterations number of steps
   * @param base (1, H, W, 3), the source at this size
   * @param mask (1, H, W, 1), the share of each change that a pixel takes, 0..1; 1 everywhere if
   *     empty
   * @param focus (1, H, W, 1), a factor on the step at each pixel; 1 everywhere if empty
   */
  public record Octave(
      int number,
      OctaveSpec spec,
      int iterations,
      NDArray base,
      Optional<NDArray> mask,
      Optional<NDArray> focus) {
    public Octave {
      if (number < 0 || iterations < 1) {
        throw new IllegalArgumentException(
            "octave %d cannot have %d steps".formatted(number, iterations));
      }
    }
  }

  /**
   * The outcome of one octave.
   *
   * @param zeroSteps number of steps skipped because the gradient was zero
   * @param seams the tile borders of the last step
   */
  record Result(int zeroSteps, TileSeams seams) {}

  /**
   * Runs all steps of an octave.
   *
   * @param x (1, H, W, 3) in 0..255; the start on entry, the result on return
   * @param afterStep called with the number of each step, from 0, after it
   */
  Result run(NDArray x, Octave octave, IntConsumer afterStep) {
    Shape shape = x.getShape();
    RowBlocks blocks = tiling.divides(shape) ? RowBlocks.SMALL : RowBlocks.WHOLE;
    GradientSource gradients = GradientSource.of(this, octave, shape);
    int zeroSteps = 0;
    TileSeams seams = TileSeams.NONE;
    try (NDManager memory = x.getManager().newSubManager()) {
      AscentStep step = new AscentStep(spec, blocks, fourier(x, blocks, memory));
      for (int t = 0; t < octave.iterations(); t++) {
        try (NDManager scope = x.getManager().newSubManager()) {
          // A separate handle, because DJL attaches results to the scope of their operand.
          NDArray view = x.stopGradient();
          view.attach(scope);
          Augmentation augmentation =
              Augmentation.of(spec.robustness(), rng, octave.number(), t, shape);
          GradientSource.Result found = gradients.at(view, augmentation, t, scope);
          seams = found.seams();
          step.restrict(found.gradient());
          double norm =
              spec.priors().rule().norm(found.gradient(), blocks, augmentation.visibleShare(shape));
          requireNumber(norm, octave.number(), t);
          zeroSteps += norm == 0 ? 1 : 0;
          if (norm != 0) {
            step.apply(view, found.gradient(), norm, octave, t);
          }
          step.finish(view, octave, t);
        }
        afterStep.accept(t);
      }
    }
    return new Result(zeroSteps, seams);
  }

  private Optional<Fourier> fourier(NDArray x, RowBlocks blocks, NDManager scope) {
    return switch (spec.parameterisation()) {
      case PIXELS -> Optional.empty();
      case FOURIER -> Optional.of(new Fourier(x, blocks, scope));
    };
  }

  private static void requireNumber(double norm, int octave, int t) {
    if (!Double.isFinite(norm)) {
      throw new DreamException(
          "the gradient at octave %d, step %d is not a number; try a smaller step or other weights"
              .formatted(octave, t));
    }
  }
}
