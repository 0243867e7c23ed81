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
import io.reverie.core.dream.transform.CounterRng;
import io.reverie.core.engine.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One dream through its octaves, from the smallest up: each begins with the start at its own size
 * and the detail that was dreamed below, enlarged. Only that detail is ever enlarged.
 *
 * @param sizes smallest first
 * @param mask of the largest size
 */
record OctaveAscent(
    Dreamer dreamer, List<Size> sizes, Mask mask, long pts, Optional<WarmStart> head) {

  /**
   * Where it has come to.
   *
   * @param steps of all octaves
   * @param zeroSteps those of them that found no gradient
   * @param cuts between the tiles of the last step
   */
  record Climbed(Image image, int steps, int zeroSteps, TileSeams cuts) {}

  /** Climbs from a source of the largest size, or from its head start. */
  Climbed from(Image source) {
    Image start = head.map(h -> h.start(source)).orElse(source);
    try (NDManager scope = dreamer.network().manager().newSubManager()) {
      return Torch.withoutGradient(() -> from(start, scope));
    } finally {
      giveBackMemory();
    }
  }

  private Climbed from(Image start, NDManager scope) {
    Optional<NDArray> region =
        mask.isWhole() ? Optional.empty() : Optional.of(map(mask.weights(), scope));
    Optional<NDArray> focus = head.flatMap(WarmStart::focus).map(f -> map(f, scope));
    List<NDArray> smaller = smaller(start, scope);
    CounterRng draws = new CounterRng(spec().seed(), pts);
    Ascent ascent = new Ascent(dreamer.network(), spec(), dreamer.tiling(), draws);
    StepReporter reporter = reporter();
    NDArray x = nothing(sizes.get(0), scope);
    int steps = 0;
    int zeroSteps = 0;
    TileSeams cuts = TileSeams.NONE;
    for (int k = 0; k < sizes.size(); k++) {
      int current = k;
      boolean top = k == smaller.size();
      NDArray base = top ? ImageTensors.tensor(start, scope) : smaller.get(k);
      Ascent.Octave octave = octave(k, base, region, focus);
      try (NDArray detail = x) {
        x = begun(base, Torch.resize(detail, sizes.get(k)), top);
      }
      giveBackMemory();
      Ascent.Climbed climbed = ascent.run(x, octave, t -> reporter.afterStep(current, t + 1));
      giveBackMemory();
      steps += octave.iterations();
      zeroSteps += climbed.zeroSteps();
      cuts = climbed.cuts();
      if (!top) {
        x.subi(base);
        base.close();
      }
    }
    return new Climbed(new Image(largest(), ImageTensors.values(x)), steps, zeroSteps, cuts);
  }

  private StepReporter reporter() {
    List<Integer> iterations = IntStream.range(0, sizes.size()).mapToObj(this::iterations).toList();
    return new StepReporter(dreamer.listener(), sizes, iterations);
  }

  private int iterations(int k) {
    int own = spec().climbs(sizes.size()).get(k).iterations();
    return head.map(h -> h.iterations(own, spec().iterations())).orElse(own);
  }

  private DreamSpec spec() {
    return dreamer.spec();
  }

  private Size largest() {
    return sizes.get(sizes.size() - 1);
  }

  private static NDArray nothing(Size size, NDManager scope) {
    return scope.zeros(new Shape(1, size.height(), size.width(), 3), DataType.FLOAT32);
  }

  /** A value for each place of the largest size. */
  private NDArray map(float[] values, NDManager scope) {
    return ImageTensors.tensor(values, largest(), 1, scope);
  }

  /** The start at each size but the full one, each shrunk from the next larger; smallest first. */
  private List<NDArray> smaller(Image start, NDManager scope) {
    List<NDArray> smaller = new ArrayList<>();
    // The full size comes last, and its memory is needed elsewhere until then.
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
    return new Ascent.Octave(
        sizes.size() - 1 - k,
        spec().climbs(sizes.size()).get(k),
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

  /** Where a size begins; the last one may use up its base, unless the climb looks back at it. */
  private NDArray begun(NDArray base, NDArray detail, boolean top) {
    try (detail) {
      return top && spec().priors().l2() == 0 ? base.addi(detail) : base.add(detail);
    }
  }

  /** What a large size has needed is not what the next needs. */
  private void giveBackMemory() {
    if (dreamer.tiling().divides(largest())) {
      Torch.giveBackMemory();
    }
  }
}
