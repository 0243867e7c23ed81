package io.reverie.core.dream.param;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.RowBlocks;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ascent in the Fourier basis with decorrelated colours (Olah, Mordvintsev and Schubert, Feature
 * Visualization, 2017; the constants are those of lucid): the parameters are a spectrum z with
 * {@code image = 255 sigmoid(M F^-1(z / f))}, M a square root of the covariance of natural colours,
 * f the frequency; they are climbed by Adam (Kingma and Ba 2015). Of one octave, whose steps it
 * remembers.
 */
public final class Fourier {

  private static final double[][] COLOUR = {
    {0.26, 0.09, 0.02}, {0.27, 0.00, -0.05}, {0.27, -0.09, 0.03}
  };
  private static final double FADE = 0.9;
  private static final double FADE_OF_SQUARES = 0.999;
  private static final double TINY = 1e-8;
  private static final double LEAST_SLOPE = 0.05;
  private static final long[] AXES = {1, 2};

  private final RowBlocks strips;
  private final NDArray scale;
  private final NDArray colour;
  private final long[] sides;
  private final List<Moments> moments;
  private int steps;

  /** Adam's running means of a colour's gradient, (1, H, W, 1, 2), and of its squares. */
  private record Moments(NDArray mean, NDArray square) {}

  /**
   * Begins.
   *
   * @param image (1, H, W, 3), for its shape and type
   * @param scope of what it remembers
   */
  public Fourier(NDArray image, RowBlocks strips, NDManager scope) {
    this.strips = strips;
    long height = image.getShape().get(1);
    long width = image.getShape().get(2);
    this.sides = new long[] {height, width};
    this.scale = scope.create(scales((int) height, (int) width), new Shape(1, height, width, 1, 1));
    DataType type = image.getDataType();
    this.colour = scope.create(flat(COLOUR), new Shape(3, 3)).toType(type, false).duplicate();
    Shape spectrum = new Shape(1, height, width, 1, 2);
    this.moments =
        Stream.generate(() -> new Moments(scope.zeros(spectrum, type), scope.zeros(spectrum, type)))
            .limit(COLOUR.length)
            .toList();
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
   * Takes a step in the parameters. A colour at a time, strip by strip: its moments alone are as
   * large as four images.
   *
   * @param image (1, H, W, 3) in 0..255
   * @param g dE/dimage, of mean magnitude 1; becomes how the image changes, up to a factor
   */
  public void direct(NDArray image, NDArray g) {
    steps++;
    strips.forEach(
        g, strip -> strip.set(g, strip.of(g).mul(slope(strip.of(image))).matMul(colour)));
    for (int i = 0; i < COLOUR.length; i++) {
      directColour(g, new NDIndex().addAllDim(3).addSliceDim(i, i + 1), moments.get(i));
    }
    strips.forEach(
        g,
        strip -> strip.set(g, slope(strip.of(image)).mul(strip.of(g).matMul(colour.transpose()))));
  }

  private void directColour(NDArray g, NDIndex decorrelated, Moments moments) {
    try (NDManager own = g.getManager().newSubManager()) {
      NDArray plane = g.get(decorrelated);
      plane.attach(own);
      NDArray spectrum = plane.fft2(sides, AXES).real();
      strips.forEach(spectrum, strip -> ascend(spectrum, moments, strip));
      NDArray change = spectrum.complex().ifft2(sides, AXES).real().get(new NDIndex("..., 0"));
      g.set(decorrelated, change);
    }
  }

  /** Turns rows of a gradient into Adam's step, times the scale once more on the way back. */
  private void ascend(NDArray spectrum, Moments moments, RowBlocks.Strip strip) {
    NDArray rows = strip.of(spectrum).mul(strip.of(scale));
    NDArray mean = strip.of(moments.mean()).muli(FADE).addi(rows.mul(1 - FADE));
    NDArray square =
        strip
            .of(moments.square())
            .muli(FADE_OF_SQUARES)
            .addi(rows.square().mul(1 - FADE_OF_SQUARES));
    NDArray length = square.mul(1 / (1 - Math.pow(FADE_OF_SQUARES, steps))).sqrt().add(TINY);
    NDArray ascent = mean.mul(1 / (1 - Math.pow(FADE, steps))).div(length);
    strip.set(spectrum, ascent.mul(strip.of(scale)));
  }

  /**
   * The sigmoid's derivative, 1 in the middle of the range: what is nearly black or white hardly
   * changes. Never quite 0, so that a white photo can be dreamed on.
   */
  private static NDArray slope(NDArray image) {
    NDArray share = image.div(255);
    return share.mul(share.neg().add(1)).mul(4).clip(LEAST_SLOPE, 1);
  }
}
