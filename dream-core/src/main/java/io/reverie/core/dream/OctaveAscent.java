package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.gradient.TileSeams;
import io.reverie.core.dream.image.ImageTensors;
import io.reverie.core.dream.image.Mask;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.dream.lockstep.Pass;
import io.reverie.core.dream.transform.CounterRng;
import io.reverie.core.engine.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The ascent over all octaves of one image, from the smallest up. Each octave starts with its
 * source plus the enlarged residual of the octave below; the source itself is never enlarged.
 *
 * @param sizes smallest first
 * @param mask has the largest size
 */
record OctaveAscent(
    Dreamer dreamer, List<Size> sizes, Mask mask, long pts, Optional<WarmStart> warmStart) {

  /**
   * The outcome of all octaves.
   *
   * @param steps total number of steps
   * @param zeroSteps steps that found no gradient
   * @param seams the tile borders of the last step
   */
  record Result(Image image, int steps, int zeroSteps, TileSeams seams) {}

  /** Runs all octaves on a source of the largest size, from the warm start if there is one. */
  Result run(Image source) {
    Image start = warmStart.map(warm -> warm.start(source)).orElse(source);
    try (Lockstep.Lane lane = dreamer.lockstep().join(route());
        NDManager scope = dreamer.network().manager().newSubManager()) {
      return Torch.withoutGradient(() -> run(start, lane, scope));
    } finally {
      trimMemory();
    }
  }

  private List<Pass> route() {
    List<OctaveSpec> octaves = spec().octaveSpecs(sizes.size());
    return IntStream.range(0, sizes.size())
        .mapToObj(k -> GradientSource.pass(dreamer, octaves.get(k), shape(sizes.get(k))))
        .toList();
  }

  private Result run(Image start, Lockstep.Lane lane, NDManager scope) {
    Optional<NDArray> region =
        mask.isWhole() ? Optional.empty() : Optional.of(map(mask.weights(), scope));
    Optional<NDArray> focus = warmStart.flatMap(WarmStart::focus).map(f -> map(f, scope));
    List<NDArray> smaller = smaller(start, scope);
    CounterRng rng = new CounterRng(spec().seed(), pts);
    Ascent ascent = new Ascent(dreamer.network(), spec(), dreamer.tiling(), rng, lane);
    StepReporter reporter = reporter();
    NDArray x = zeros(sizes.get(0), scope);
    int steps = 0;
    int zeroSteps = 0;
    TileSeams seams = TileSeams.NONE;
    for (int k = 0; k < sizes.size(); k++) {
      int current = k;
      boolean top = k == smaller.size();
      NDArray base = top ? ImageTensors.tensor(start, scope) : smaller.get(k);
      Ascent.Octave octave = octave(k, base, region, focus);
      try (NDArray detail = x) {
        x = start(base, Torch.resize(detail, sizes.get(k)), top);
      }
      trimMemory();
      lane.moveTo(k);
      Ascent.Result result = ascent.run(x, octave, t -> reporter.afterStep(current, t + 1));
      trimMemory();
      steps += octave.iterations();
      zeroSteps += result.zeroSteps();
      seams = result.seams();
      if (!top) {
        x.subi(base);
        base.close();
      }
    }
    // Nobody needs to wait for the rest.
    lane.moveTo(sizes.size());
    return new Result(new Image(largest(), ImageTensors.values(x)), steps, zeroSteps, seams);
  }

  private StepReporter reporter() {
    List<Integer> iterations = IntStream.range(0, sizes.size()).mapToObj(this::iterations).toList();
    return new StepReporter(dreamer.listener(), sizes, iterations);
  }

  private int iterations(int k) {
    int own = spec().octaveSpecs(sizes.size()).get(k).iterations();
    return warmStart.map(warm -> warm.iterations(own, spec().iterations())).orElse(own);
  }

  private DreamSpec spec() {
    return dreamer.spec();
  }

  private Size largest() {
    return sizes.get(sizes.size() - 1);
  }

  private static NDArray zeros(Size size, NDManager scope) {
    return scope.zeros(shape(size), DataType.FLOAT32);
  }

  private static Shape shape(Size size) {
    return new Shape(1, size.height(), size.width(), 3);
  }

  /** Returns a tensor (1, H, W, 1) of the largest size. */
  private NDArray map(float[] values, NDManager scope) {
    return ImageTensors.tensor(values, largest(), 1, scope);
  }

  /**
   * Returns the start at every size but the largest, each shrunk from the next larger, smallest
   * first.
   */
  private List<NDArray> smaller(Image start, NDManager scope) {
    List<NDArray> smaller = new ArrayList<>();
    // Closed here, because the full size is used last and takes the most memory.
    try (NDArray full = ImageTensors.tensor(start, scope)) {
      NDArray base = full;
      for (int k = sizes.size() - 2; k >= 0; k--) {
        base = Torch.resize(base, sizes.get(k));
        smaller.add(0, base);
      }
    }
    return smaller;
  }

  private Ascent.Octave octave(
      int k, NDArray base, Optional<NDArray> region, Optional<NDArray> focus) {
    Size size = sizes.get(k);
    OctaveSpec octaveSpec = spec().octaveSpecs(sizes.size()).get(k);
    return new Ascent.Octave(
        sizes.size() - 1 - k,
        octaveSpec,
        iterations(k),
        base,
        region.map(all -> sized(all, size)),
        focus.map(all -> sized(all, size)));
  }

  private static NDArray sized(NDArray map, Size size) {
    Shape shape = map.getShape();
    boolean same = shape.get(1) == size.height() && shape.get(2) == size.width();
    return same ? map : Torch.resize(map, size);
  }

  /**
   * Adds the residual to the base of an octave; overwrites the largest base unless the decay needs
   * it.
   */
  private NDArray start(NDArray base, NDArray detail, boolean top) {
    try (detail) {
      return top && spec().priors().decay() == 0 ? base.addi(detail) : base.add(detail);
    }
  }

  /** Trims freed memory between octaves: their sizes differ, so the allocator cannot reuse it. */
  private void trimMemory() {
    if (dreamer.tiling().divides(largest())) {
      Torch.trimMemory();
    }
  }
}
