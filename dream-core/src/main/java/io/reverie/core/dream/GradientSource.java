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
import io.reverie.core.dream.transform.Augmentation;
import io.reverie.core.dream.transform.CounterRng;
import java.util.Optional;

/**
 * Where it goes uphill at each step of an octave.
 *
 * @param octave its number, part of the key of the draws
 * @param tiled for what is too large to be looked at as a whole; empty if nothing is
 */
record GradientSource(CounterRng draws, int octave, Gradient whole, Optional<TiledGradient> tiled) {

  private static final int ROWS = 8;
  private static final int COLUMNS = 9;

  /**
   * Of one step.
   *
   * @param gradient of the image's shape
   * @param cuts between its tiles
   */
  record Slope(NDArray gradient, TileSeams cuts) {}

  static GradientSource of(Ascent ascent, Ascent.Octave octave, Shape image) {
    Gradient whole = new Gradient(ascent.network(), octave.climb().objectives());
    PixelWindow seen = ascent.spec().robustness().seen(image);
    boolean large = ascent.tiling().divides(seen);
    if (large && ascent.spec().robustness().isTurning()) {
      throw new DreamException(
          "a picture of %dx%d px is dreamed in tiles of %d px, which cannot be scaled or rotated; set robustness.scale and robustness.rotate to 0, a smaller dreamSize, or tile: none"
              .formatted(image.get(2), image.get(1), ascent.tiling().side()));
    }
    return new GradientSource(
        ascent.draws(),
        octave.number(),
        whole,
        large
            ? Optional.of(new TiledGradient(ascent.network(), whole.objectives(), ascent.tiling()))
            : Optional.empty());
  }

  /**
   * Finds it.
   *
   * @param t the step, from 0
   * @param scope of the result
   */
  Slope at(NDArray image, Augmentation look, int t, NDManager scope) {
    if (tiled.isEmpty()) {
      NDArray g = look.uphill(image, seen -> whole.at(seen, look.turn(), scope));
      return new Slope(g, TileSeams.NONE);
    }
    PixelWindow seen = look.seen(image.getShape());
    TileGrid grid =
        tiled.get().grid(seen, draws.uniform(octave, t, ROWS), draws.uniform(octave, t, COLUMNS));
    ImageView view = new ImageView(image, look.roll(), seen);
    return new Slope(
        tiled.get().at(view, grid, scope), TileSeams.of(grid, tiled.get().stride(), view));
  }
}
