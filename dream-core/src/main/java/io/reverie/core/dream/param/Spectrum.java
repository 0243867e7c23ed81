package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import java.util.function.BiFunction;

/** The two-dimensional Fourier transform of one colour of an image (1, H, W, 3). */
sealed interface Spectrum permits FullSpectrum, HalfSpectrum {

  /**
   * The most pixels of an image whose full spectrum is held: the transform of a larger image in one
   * piece takes 280 bytes of memory per pixel. Full HD is below it.
   */
  long MOST_PIXELS_OF_FULL = 1 << 21;

  /**
   * Returns the transform for an image.
   *
   * @param image (1, H, W, 3); only its shape matters
   * @param scope owns what the transform keeps
   */
  static Spectrum of(Shape image, RowBlocks blocks, NDManager scope) {
    return image.get(1) * image.get(2) <= MOST_PIXELS_OF_FULL
        ? new FullSpectrum(image, blocks, scope)
        : new HalfSpectrum(image, scope);
  }

  /** Returns the shape of a colour's coefficients (1, rows of blocks, ..., real and imaginary). */
  Shape shape();

  /** Returns one over the frequency for a block; the lowest is one over the longer side. */
  NDArray scale(RowBlocks.Block block);

  /**
   * Transforms a colour, changes its coefficients and transforms them back, in place.
   *
   * @param change returns the new coefficients of a block
   */
  void change(NDArray image, int colour, BiFunction<NDArray, RowBlocks.Block, NDArray> change);
}
