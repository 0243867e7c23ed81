package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.dream.gradient.Gradient;
import io.reverie.core.dream.gradient.ImageView;
import io.reverie.core.dream.gradient.TileGrid;
import io.reverie.core.dream.gradient.TileSeams;
import io.reverie.core.dream.gradient.TiledGradient;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.dream.lockstep.Pass;
import io.reverie.core.dream.transform.Augmentation;
import io.reverie.core.dream.transform.CounterRng;
import java.util.Optional;

/**
 * Computes the gradient of each step of an octave, whole or in tiles.
 *
 * @param octave number of the octave, part of the key of the random draws
 * @param tiled empty if the image fits into one tile
 * @param lane shares passes of the whole image with other dreams
 */
record GradientSource(
    CounterRng rng, int octave, Gradient whole, Optional<TiledGradient> tiled, Lockstep.Lane lane) {

  private static final int ROWS = 8;
  private static final int COLUMNS = 9;

  /**
   * The gradient of one step.
   *
   * @param gradient has the shape of the image
   * @param seams the tile borders
   */
  record Result(NDArray gradient, TileSeams seams) {}

  static GradientSource of(Ascent ascent, Ascent.Octave octave, Shape image) {
    Gradient whole = new Gradient(ascent.network(), octave.spec().objectives());
    PixelWindow seen = ascent.spec().robustness().visible(image);
    boolean large = ascent.tiling().divides(seen);
    if (large && ascent.spec().robustness().scalesOrRotates()) {
      throw new DreamException(
          "an image of %dx%d px must be dreamed in tiles of %d px, and tiles cannot be scaled or rotated; set robustness.scale and robustness.rotate to 0, choose a smaller dreamSize, or set tile: none"
              .formatted(image.get(2), image.get(1), ascent.tiling().side()));
    }
    return new GradientSource(
        ascent.rng(),
        octave.number(),
        whole,
        large
            ? Optional.of(new TiledGradient(ascent.network(), whole.objectives(), ascent.tiling()))
            : Optional.empty(),
        ascent.lane());
  }

  /**
   * Computes the gradient of one step.
   *
   * @param t the step, from 0
   * @param scope owns the gradient
   */
  Result at(NDArray image, Augmentation augmentation, int t, NDManager scope) {
    if (tiled.isEmpty()) {
      NDArray g = augmentation.gradient(image, seen -> whole(seen, augmentation, scope));
      return new Result(g, TileSeams.NONE);
    }
    PixelWindow seen = augmentation.visible(image.getShape());
    TileGrid grid =
        tiled.get().grid(seen, rng.uniform(octave, t, ROWS), rng.uniform(octave, t, COLUMNS));
    ImageView view = new ImageView(image, augmentation.roll(), seen);
    NDArray gradient = lane.alone(() -> tiled.get().at(view, grid, scope));
    return new Result(gradient, TileSeams.of(grid, tiled.get().stride(), view));
  }

  private NDArray whole(NDArray seen, Augmentation augmentation, NDManager scope) {
    return augmentation.scaleRotate().isPresent()
        ? lane.alone(() -> whole.at(seen, augmentation.scaleRotate(), scope))
        : lane.gradient(whole, seen, scope);
  }

  /**
   * Returns the pass that each step of an octave needs. Tiles pass one by one, and scaled images
   * differ in size.
   *
   * @param image (1, H, W, 3)
   */
  static Pass pass(Dreamer dreamer, OctaveSpec octave, Shape image) {
    PixelWindow seen = dreamer.spec().robustness().visible(image);
    boolean tiled = dreamer.tiling().divides(seen);
    // A tile and a usual halo.
    long most = tiled ? dreamer.tiling().side() * 3L / 2 : Long.MAX_VALUE;
    return new Pass(
        dreamer.network(),
        new Gradient(dreamer.network(), octave.objectives()).layers(),
        Math.min(seen.height(), most),
        Math.min(seen.width(), most),
        !tiled && !dreamer.spec().robustness().scalesOrRotates());
  }
}
