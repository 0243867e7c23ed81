package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.gradient.TileSeams;
import io.reverie.core.dream.gradient.Tiling;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.dream.transform.Augmentation;
import io.reverie.core.dream.transform.CounterRng;
import io.reverie.core.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Gradient ascent at one octave: {@code x += step * g / mean|g|}, clipped to 0..255. The image is
 * shifted circularly by a random amount before each gradient (Google 2015), and the priors shape
 * each step.
 */
public record Ascent(Network network, DreamSpec spec, Tiling tiling, CounterRng rng) {

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

  /** One image of a batch at one octave: {@code x} is the start on entry, the result on return. */
  record Lane(Ascent ascent, NDArray x, Octave octave) {}

  /**
   * Runs all steps of an octave.
   *
   * @param x (1, H, W, 3) in 0..255; the start on entry, the result on return
   * @param afterStep called with the number of each step, from 0, after it
   */
  Result run(NDArray x, Octave octave, IntConsumer afterStep) {
    return runAll(List.of(new Lane(this, x, octave)), afterStep).get(0);
  }

  /**
   * Runs all steps of an octave of several images, which share the passes of the network. Each
   * keeps its own draws, norms and state.
   *
   * @param lanes of one network, spec, size and number of iterations; they differ in their content,
   *     maps and random draws
   * @param afterStep called with the number of each step, from 0, when all have made it
   */
  static List<Result> runAll(List<Lane> lanes, IntConsumer afterStep) {
    Lane first = lanes.get(0);
    try (NDManager memory = first.x().getManager().newSubManager()) {
      List<AscentLane> all = lanes.stream().map(lane -> new AscentLane(lane, memory)).toList();
      for (int t = 0; t < first.octave().iterations(); t++) {
        int step = t;
        try (NDManager scope = first.x().getManager().newSubManager()) {
          List<NDArray> views = all.stream().map(lane -> lane.view(scope)).toList();
          List<Augmentation> augmentations =
              all.stream().map(lane -> lane.augmentation(step)).toList();
          List<GradientSource.Result> found =
              GradientSource.atAll(
                  all.stream().map(AscentLane::gradients).toList(), views, augmentations, t, scope);
          for (int i = 0; i < all.size(); i++) {
            all.get(i).step(views.get(i), augmentations.get(i), found.get(i), t);
          }
        }
        afterStep.accept(t);
      }
      return all.stream().map(AscentLane::result).toList();
    }
  }

  /** Returns how images of a shape are divided for the work on single pixels. */
  RowBlocks blocks(Shape shape) {
    return tiling.divides(shape) ? RowBlocks.SMALL : RowBlocks.WHOLE;
  }

  Optional<Fourier> fourier(NDArray x, RowBlocks blocks, NDManager scope) {
    return switch (spec.parameterisation()) {
      case PIXELS -> Optional.empty();
      case FOURIER -> Optional.of(new Fourier(x, blocks, scope));
    };
  }
}
