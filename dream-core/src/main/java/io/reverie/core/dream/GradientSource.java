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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Computes the gradient of each step of an octave, whole or in tiles.
 *
 * @param octave number of the octave, part of the key of the random draws
 * @param tiled empty if the image fits into one tile
 */
record GradientSource(CounterRng rng, int octave, Gradient whole, Optional<TiledGradient> tiled) {

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
            : Optional.empty());
  }

  /**
   * Computes the gradient of one step.
   *
   * @param t the step, from 0
   * @param scope owns the gradient
   */
  Result at(NDArray image, Augmentation augmentation, int t, NDManager scope) {
    if (tiled.isEmpty()) {
      NDArray g =
          augmentation.gradient(image, seen -> whole.at(seen, augmentation.scaleRotate(), scope));
      return new Result(g, TileSeams.NONE);
    }
    PixelWindow seen = augmentation.visible(image.getShape());
    TileGrid grid =
        tiled.get().grid(seen, rng.uniform(octave, t, ROWS), rng.uniform(octave, t, COLUMNS));
    ImageView view = new ImageView(image, augmentation.roll(), seen);
    return new Result(
        tiled.get().at(view, grid, scope), TileSeams.of(grid, tiled.get().stride(), view));
  }

  /** Returns whether images of one size can share a pass of the network at a step. */
  private boolean canShare(Augmentation augmentation) {
    // Scaled images differ in size, and tiles are batches of their own.
    return tiled.isEmpty() && augmentation.scaleRotate().isEmpty();
  }

  /**
   * Computes one step's gradients of images of one size, in one pass of the network where that is
   * possible.
   *
   * @param sources one for each image, of one octave
   * @param augmentations one for each image
   */
  static List<Result> atAll(
      List<GradientSource> sources,
      List<NDArray> images,
      List<Augmentation> augmentations,
      int t,
      NDManager scope) {
    GradientSource first = sources.get(0);
    IntStream all = IntStream.range(0, images.size());
    if (images.size() == 1 || !augmentations.stream().allMatch(first::canShare)) {
      return all.mapToObj(i -> sources.get(i).at(images.get(i), augmentations.get(i), t, scope))
          .toList();
    }
    List<NDArray> seen =
        IntStream.range(0, images.size())
            .mapToObj(i -> augmentations.get(i).seen(images.get(i)))
            .toList();
    List<NDArray> gradients = first.whole.at(seen, scope);
    return all.mapToObj(
            i ->
                new Result(
                    augmentations.get(i).whole(gradients.get(i), images.get(i)), TileSeams.NONE))
        .toList();
  }
}
