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
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double MIN_SLOPE = 0.05;
  private static final long[] AXES = {1, 2};

  private final RowBlocks blocks;
  private final NDArray scale;
  private final NDArray colour;
  private final long[] sides;
  private final List<Moments> moments;
  private int steps;

  /** Adam's running means of a colour's gradient, (1, H, W, 1, 2), and of its squares. */
  private record Moments(NDArray mean, NDArray square) {}

  /**
   * Starts with empty moments.
   *
   * @param image (1, H, W, 3); only its shape and type matter
   * @param scope owns Adam's state
   */
  public Fourier(NDArray image, RowBlocks blocks, NDManager scope) {
    this.blocks = blocks;
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

  /** Returns one over the frequency; the lowest frequency is one over the longer side. */
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
   * Replaces a pixel gradient by the image change of one Adam step. Processes one colour at a time,
   * because the moments of a colour alone are as large as four images.
   *
   * @param image (1, H, W, 3) in 0..255
   * @param g dE/dimage with a mean magnitude of 1; on return the change of the image up to a factor
   */
  public void direct(NDArray image, NDArray g) {
    steps++;
    blocks.forEach(
        g, block -> block.set(g, block.of(g).mul(slope(block.of(image))).matMul(colour)));
    for (int i = 0; i < COLOUR.length; i++) {
      directColour(g, new NDIndex().addAllDim(3).addSliceDim(i, i + 1), moments.get(i));
    }
    blocks.forEach(
        g,
        block -> block.set(g, slope(block.of(image)).mul(block.of(g).matMul(colour.transpose()))));
  }

  private void directColour(NDArray g, NDIndex decorrelated, Moments moments) {
    try (NDManager own = g.getManager().newSubManager()) {
      NDArray plane = g.get(decorrelated);
      plane.attach(own);
      NDArray spectrum = plane.fft2(sides, AXES).real();
      blocks.forEach(spectrum, block -> ascend(spectrum, moments, block));
      NDArray change = spectrum.complex().ifft2(sides, AXES).real().get(new NDIndex("..., 0"));
      g.set(decorrelated, change);
    }
  }

  /**
   * Replaces rows of a gradient by Adam's step times the scale, which maps it back to the spectrum.
   */
  private void ascend(NDArray spectrum, Moments moments, RowBlocks.Block block) {
    NDArray rows = block.of(spectrum).mul(block.of(scale));
    NDArray mean = block.of(moments.mean()).muli(BETA1).addi(rows.mul(1 - BETA1));
    NDArray square = block.of(moments.square()).muli(BETA2).addi(rows.square().mul(1 - BETA2));
    NDArray length = square.mul(1 / (1 - Math.pow(BETA2, steps))).sqrt().add(EPSILON);
    NDArray ascent = mean.mul(1 / (1 - Math.pow(BETA1, steps))).div(length);
    block.set(spectrum, ascent.mul(block.of(scale)));
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
