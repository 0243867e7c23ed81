package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ascent in the Fourier basis with decorrelated colours (Olah, Mordvintsev and Schubert, Feature
 * Visualization, 2017; constants from lucid). The parameters are a spectrum z with {@code image =
 * 255 sigmoid(M F^-1(z / f))}, where M is a square root of the covariance of natural colours and f
 * the frequency; Adam (Kingma and Ba 2015) optimises them. An instance serves one octave, because
 * it holds Adam's state.
 *
 * @see <a href="https://doi.org/10.23915/distill.00007">Olah et al. 2017, Feature Visualization</a>
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015, Adam</a>
 */
public final class Fourier {

  private static final double[][] COLOUR = {
    {0.26, 0.09, 0.02}, {0.27, 0.00, -0.05}, {0.27, -0.09, 0.03}
  };
  private static final double MIN_SLOPE = 0.05;

  private final Spectrum spectrum;
  private final NDArray colour;

  /** The state of each colour. */
  private final List<Adam> optimisers;

  private int steps;

  /**
   * Starts with empty moments.
   *
   * @param image (1, H, W, 3); only its shape and type matter
   * @param blocks how an image of at most 2 million pixels is divided; a larger one is divided by
   *     what fits a cache
   * @param scope owns Adam's state
   */
  public Fourier(NDArray image, RowBlocks blocks, NDManager scope) {
    this(image, Spectrum.of(image.getShape(), blocks, scope), scope);
  }

  Fourier(NDArray image, Spectrum spectrum, NDManager scope) {
    this.spectrum = spectrum;
    DataType type = image.getDataType();
    this.colour = scope.create(flat(COLOUR), new Shape(3, 3)).toType(type, false).duplicate();
    this.optimisers =
        Stream.generate(() -> new Adam(spectrum.shape(), type, scope))
            .limit(COLOUR.length)
            .toList();
  }

  /**
   * Returns the native memory in bytes that the ascent takes at its peak besides the image and its
   * gradient: Adam's two means of every coefficient, and the coefficients of one colour or, of a
   * small image, the scale.
   */
  public static double memory(double pixels) {
    int coefficients = Spectrum.isFull((long) pixels) ? 2 : 1;
    double means = 2.0 * COLOUR.length * coefficients;
    return (means + 1) * Float.BYTES * pixels;
  }

  private static float[] flat(double[][] matrix) {
    float[] flat = new float[9];
    for (int i = 0; i < 9; i++) {
      flat[i] = (float) matrix[i / 3][i % 3];
    }
    return flat;
  }

  /**
   * Replaces a pixel gradient by the image change of one Adam step. Processes one colour at a time,
   * because the coefficients of three would take twice the memory of the image.
   *
   * @param image (1, H, W, 3) in 0..255
   * @param g dE/dimage with a mean magnitude of 1; on return the change of the image up to a factor
   */
  public void direct(NDArray image, NDArray g) {
    steps++;
    RowBlocks blocks = spectrum.blocks();
    blocks.forEach(
        g, block -> block.set(g, block.of(g).mul(slope(block.of(image))).matMul(colour)));
    for (int i = 0; i < COLOUR.length; i++) {
      Adam optimiser = optimisers.get(i);
      spectrum.change(g, i, (part, block) -> ascend(part, optimiser, block));
    }
    blocks.forEach(
        g,
        block -> block.set(g, slope(block.of(image)).mul(block.of(g).matMul(colour.transpose()))));
  }

  /** Returns Adam's step times the scale, which maps it back to the spectrum. */
  private NDArray ascend(NDArray part, Adam optimiser, RowBlocks.Block block) {
    NDArray scale = spectrum.scale(block);
    return optimiser.step(part.mul(scale), block, steps).mul(scale);
  }

  /**
   * Returns the sigmoid's derivative, scaled to 1 at mid-grey. Nearly black or white pixels hardly
   * change; the lower bound lets even a white photo dream.
   */
  private static NDArray slope(NDArray image) {
    NDArray share = image.div(255);
    return share.mul(share.neg().add(1)).mul(4).clip(MIN_SLOPE, 1);
  }
}
