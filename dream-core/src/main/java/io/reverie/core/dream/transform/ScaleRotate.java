package io.reverie.core.dream.transform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;
import java.util.stream.IntStream;

/**
 * Scales and rotates an image about its centre with bilinear resampling. Pixels outside the image
 * repeat its border. Differentiable.
 *
 * @param scale factor on the sides, above 0
 * @param degrees counterclockwise
 */
public record ScaleRotate(double scale, double degrees) {

  public ScaleRotate {
    if (!(scale > 0) || !Double.isFinite(scale + degrees)) {
      throw new IllegalArgumentException(
          "an image cannot be scaled by %s and rotated by %s".formatted(scale, degrees));
    }
  }

  /**
   * Transforms an image.
   *
   * @param nhwc (1, H, W, C)
   * @return (1, round(H scale), round(W scale), C), in the same scope
   */
  public NDArray apply(NDArray nhwc) {
    Size from = new Size((int) nhwc.getShape().get(2), (int) nhwc.getShape().get(1));
    Size to = from.scaled(scale);
    Neighbours neighbours = new Neighbours(from, to.height() * to.width());
    double cos = Math.cos(Math.toRadians(degrees)) / scale;
    double sin = Math.sin(Math.toRadians(degrees)) / scale;
    for (int row = 0; row < to.height(); row++) {
      for (int column = 0; column < to.width(); column++) {
        double dy = row + 0.5 - to.height() / 2.0;
        double dx = column + 0.5 - to.width() / 2.0;
        neighbours.put(
            row * to.width() + column,
            cos * dy + sin * dx + from.height() / 2.0 - 0.5,
            cos * dx - sin * dy + from.width() / 2.0 - 0.5);
      }
    }
    return neighbours.mean(nhwc).reshape(1, to.height(), to.width(), nhwc.getShape().get(3));
  }

  /** The four source pixels of each output pixel and their bilinear weights. */
  private static final class Neighbours {

    private static final int COUNT = 4;

    private final Size from;
    private final long[][] index;
    private final float[][] weight;

    Neighbours(Size from, int places) {
      this.from = from;
      this.index = new long[COUNT][places];
      this.weight = new float[COUNT][places];
    }

    /**
     * Sets the neighbours of an output pixel, given its source position in pixels from the centre
     * of the first pixel.
     */
    void put(int place, double row, double column) {
      double y = clamp(row, from.height() - 1);
      double x = clamp(column, from.width() - 1);
      int top = (int) Math.min(y, Math.max(0, from.height() - 2));
      int left = (int) Math.min(x, Math.max(0, from.width() - 2));
      for (int n = 0; n < COUNT; n++) {
        int down = n / 2;
        int across = n % 2;
        double vertical = down == 1 ? y - top : 1 - (y - top);
        double horizontal = across == 1 ? x - left : 1 - (x - left);
        int right = Math.min(from.width() - 1, left + across);
        index[n][place] = (long) Math.min(from.height() - 1, top + down) * from.width() + right;
        weight[n][place] = (float) (vertical * horizontal);
      }
    }

    private static double clamp(double value, double most) {
      return Math.max(0, Math.min(most, value));
    }

    /** Returns the weighted mean at each output pixel, (pixels, C). */
    NDArray mean(NDArray nhwc) {
      NDArray pixels = nhwc.reshape(-1, nhwc.getShape().get(3));
      return IntStream.range(0, COUNT)
          .mapToObj(n -> part(pixels, n))
          .reduce(NDArray::add)
          .orElseThrow();
    }

    private NDArray part(NDArray pixels, int n) {
      NDManager scope = pixels.getManager();
      Shape one = new Shape(index[n].length, 1);
      NDArray places =
          scope
              .create(index[n], one)
              .broadcast(new Shape(index[n].length, pixels.getShape().get(1)));
      NDArray share = scope.create(weight[n], one).toType(pixels.getDataType(), false);
      return pixels.gather(places, 0).mul(share);
    }
  }
}
