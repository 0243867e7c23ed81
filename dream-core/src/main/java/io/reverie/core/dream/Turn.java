package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Size;

/**
 * Scales and rotates an image about its centre, bilinear; what comes in from outside repeats the
 * border. Gradients flow through.
 *
 * @param scale of the result's sides
 * @param degrees counterclockwise
 */
record Turn(double scale, double degrees) {

  private static final int NEIGHBOURS = 4;

  /**
   * Turns.
   *
   * @param nhwc (1, H, W, C)
   * @return (1, round(H scale), round(W scale), C), in the same scope
   */
  NDArray apply(NDArray nhwc) {
    int height = (int) nhwc.getShape().get(1);
    int width = (int) nhwc.getShape().get(2);
    long channels = nhwc.getShape().get(3);
    Size to = new Size(height, width).scaled(scale);
    int places = to.height() * to.width();
    long[][] index = new long[NEIGHBOURS][places];
    float[][] weight = new float[NEIGHBOURS][places];
    double cos = Math.cos(Math.toRadians(degrees)) / scale;
    double sin = Math.sin(Math.toRadians(degrees)) / scale;
    for (int i = 0; i < places; i++) {
      int row = i / to.width();
      int column = i % to.width();
      double dy = row + 0.5 - to.height() / 2.0;
      double dx = column + 0.5 - to.width() / 2.0;
      double y = clamp(cos * dy + sin * dx + height / 2.0 - 0.5, height - 1);
      double x = clamp(cos * dx - sin * dy + width / 2.0 - 0.5, width - 1);
      int top = (int) Math.min(y, Math.max(0, height - 2));
      int left = (int) Math.min(x, Math.max(0, width - 2));
      for (int n = 0; n < NEIGHBOURS; n++) {
        int down = n / 2;
        int across = n % 2;
        double vertical = down == 1 ? y - top : 1 - (y - top);
        double horizontal = across == 1 ? x - left : 1 - (x - left);
        index[n][i] =
            (long) Math.min(height - 1, top + down) * width + Math.min(width - 1, left + across);
        weight[n][i] = (float) (vertical * horizontal);
      }
    }
    NDArray rows = nhwc.reshape(-1, channels);
    NDManager scope = nhwc.getManager();
    NDArray sum = null;
    for (int n = 0; n < NEIGHBOURS; n++) {
      NDArray from =
          scope.create(index[n], new Shape(places, 1)).broadcast(new Shape(places, channels));
      NDArray w = scope.create(weight[n], new Shape(places, 1)).toType(nhwc.getDataType(), false);
      NDArray part = rows.gather(from, 0).mul(w);
      sum = sum == null ? part : sum.add(part);
    }
    return sum.reshape(1, to.height(), to.width(), channels);
  }

  private static double clamp(double value, double most) {
    return Math.max(0, Math.min(most, value));
  }
}
