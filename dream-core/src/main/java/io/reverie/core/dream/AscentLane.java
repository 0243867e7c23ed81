package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.gradient.TileSeams;
import io.reverie.core.dream.image.RowBlocks;
import io.reverie.core.dream.transform.Augmentation;

/** The state of one image during one octave, of which a batch may have several. */
final class AscentLane {

  private final Ascent.Lane lane;
  private final Shape shape;
  private final RowBlocks blocks;
  private final GradientSource gradients;
  private final AscentStep step;
  private int zeroSteps;
  private TileSeams seams = TileSeams.NONE;

  /**
   * @param memory owns what is kept from step to step
   */
  AscentLane(Ascent.Lane lane, NDManager memory) {
    Ascent ascent = lane.ascent();
    this.lane = lane;
    this.shape = lane.x().getShape();
    this.blocks = ascent.blocks(shape);
    this.gradients = GradientSource.of(ascent, lane.octave(), shape);
    this.step = new AscentStep(ascent.spec(), blocks, ascent.fourier(lane.x(), blocks, memory));
  }

  GradientSource gradients() {
    return gradients;
  }

  /** A separate handle, because DJL attaches results to the scope of their operand. */
  NDArray view(NDManager scope) {
    NDArray view = lane.x().stopGradient();
    view.attach(scope);
    return view;
  }

  /** The random draws of a step. */
  Augmentation augmentation(int t) {
    Ascent ascent = lane.ascent();
    return Augmentation.of(
        ascent.spec().robustness(), ascent.rng(), lane.octave().number(), t, shape);
  }

  /**
   * Makes a step.
   *
   * @param view changed in place
   * @param found the gradient, overwritten
   * @param t the step, from 0
   * @throws DreamException if the gradient is not a number
   */
  void step(NDArray view, Augmentation augmentation, GradientSource.Result found, int t) {
    seams = found.seams();
    step.restrict(found.gradient());
    double norm =
        step.spec()
            .priors()
            .rule()
            .norm(found.gradient(), blocks, augmentation.visibleShare(shape));
    requireNumber(norm, lane.octave().number(), t);
    zeroSteps += norm == 0 ? 1 : 0;
    if (norm != 0) {
      step.apply(view, found.gradient(), norm, lane.octave(), t);
    }
    step.finish(view, lane.octave(), t);
  }

  private static void requireNumber(double norm, int octave, int t) {
    if (!Double.isFinite(norm)) {
      throw new DreamException(
          "the gradient at octave %d, step %d is not a number; try a smaller step or other weights"
              .formatted(octave, t));
    }
  }

  Ascent.Result result() {
    return new Ascent.Result(zeroSteps, seams);
  }
}
