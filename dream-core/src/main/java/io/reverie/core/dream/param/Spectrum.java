package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import java.util.function.BiFunction;

/** The two-dimensional Fourier transform of one colour of an image (1, H, W, 3). */
sealed interface Spectrum permits FullSpectrum, HalfSpectrum {

  /** The most pixels of an image whose full spectrum is held; Full HD is just below it. */
  long MAX_PIXELS_OF_FULL = 1 << 21;

  static boolean isFull(long pixels) {
    return pixels <= MAX_PIXELS_OF_FULL;
  }

  /**
   * Returns the transform for an image. A small one keeps the full spectrum, so its dreams are bit
   * for bit those of earlier versions.
   *
   * @param image (1, H, W, 3)
   * @param blocks how a small image is divided
   * @param scope owns what the transform keeps
   */
  static Spectrum of(Shape image, RowBlocks blocks, NDManager scope) {
    return isFull(image.get(1) * image.get(2))
        ? new FullSpectrum(image, blocks, scope)
        : new HalfSpectrum(image, HalfSpectrum.BLOCKS, scope);
  }

  /** Returns how the image and its coefficients are divided. */
  RowBlocks blocks();

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
