package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/**
 * Ascent in the Fourier basis with decorrelated colours (Olah, Mordvintsev and Schubert, Feature
 * Visualization, 2017; the constants are those of lucid): the parameters are a spectrum z with
 * {@code image = 255 sigmoid(M F^-1(z / f))}, M a square root of the covariance of natural colours,
 * f the frequency; they are climbed by Adam (Kingma and Ba 2015). Of one octave, whose steps it
 * remembers.
 */
final class Fourier {

  private static final double[][] COLOUR = {
    {0.26, 0.09, 0.02}, {0.27, 0.00, -0.05}, {0.27, -0.09, 0.03}
  };
  private static final double FADE = 0.9;
  private static final double FADE_OF_SQUARES = 0.999;
  private static final double TINY = 1e-8;
  private static final double LEAST_SLOPE = 0.05;
  private static final long[] AXES = {1, 2};

  private final NDArray scale;
  private final NDArray colour;
  private final long[] sides;
  private final NDArray mean;
  private final NDArray square;
  private int steps;

  /**
   * Begins.
   *
   * @param image (1, H, W, 3), for its shape and type
   * @param scope of what it remembers
   */
  Fourier(NDArray image, NDManager scope) {
    long height = image.getShape().get(1);
    long width = image.getShape().get(2);
    this.sides = new long[] {height, width};
    this.scale = scope.create(scales((int) height, (int) width), new Shape(1, height, width, 1, 1));
    this.colour =
        scope.create(flat(COLOUR), new Shape(3, 3)).toType(image.getDataType(), false).duplicate();
    Shape complex = new Shape(1, height, width, 3, 2);
    this.mean = scope.zeros(complex, image.getDataType());
    this.square = scope.zeros(complex, image.getDataType());
  }

  /** One over the frequency, the lowest bounded by the longer side. */
  private static float[] scales(int height, int width) {
    float[] scales = new float[height * width];
    double lowest = 1.0 / Math.max(height, width);
    for (int i = 0; i < height; i++) {
      double down = Math.min(i, height - i) / (double) height;
      for (int j = 0; j < width; j++) {
        double across = Math.min(j, width - j) / (double) width;
        scales[i * width + j] = (float) (1 / Math.max(lowest, Math.hypot(down, across)));
      }
    }
    return scales;
  }

  private static float[] flat(double[][] matrix) {
    float[] flat = new float[9];
    for (int i = 0; i < 9; i++) {
      flat[i] = (float) matrix[i / 3][i % 3];
    }
    return flat;
  }

  /**
   * Takes a step in the parameters.
   *
   * @param image (1, H, W, 3) in 0..255
   * @param g dE/dimage, of mean magnitude 1
   * @return how the image changes with it, up to a factor, in the scope of {@code g}
   */
  NDArray direction(NDArray image, NDArray g) {
    NDArray slope = slope(image, g);
    NDArray spectrum = g.mul(slope).matMul(colour).fft2(sides, AXES).real().mul(scale);
    steps++;
    mean.muli(FADE).addi(spectrum.mul(1 - FADE));
    square.muli(FADE_OF_SQUARES).addi(spectrum.square().mul(1 - FADE_OF_SQUARES));
    // In the gradient's scope, which ends with the step.
    NDArray none = spectrum.zerosLike();
    NDArray length =
        none.add(square).mul(1 / (1 - Math.pow(FADE_OF_SQUARES, steps))).sqrt().add(TINY);
    NDArray ascent = none.add(mean).mul(1 / (1 - Math.pow(FADE, steps))).div(length);
    return slope.mul(
        ascent
            .mul(scale)
            .complex()
            .ifft2(sides, AXES)
            .real()
            .get(new NDIndex("..., 0"))
            .matMul(colour.transpose()));
  }

  /**
   * The sigmoid's derivative, 1 in the middle of the range: what is nearly black or white hardly
   * changes. Never quite 0, so that a white photo can be dreamed on. In the scope of {@code g}.
   */
  private static NDArray slope(NDArray image, NDArray g) {
    NDArray share = g.zerosLike().add(image).div(255);
    return share.mul(share.neg().add(1)).mul(4).clip(LEAST_SLOPE, 1);
  }
}
